#include "tests/support/ApiServer.h"
#include "tests/support/LogCapture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

namespace {

const QList<QPair<QHostAddress, int>> thisMachine {{QHostAddress(QHostAddress::LocalHost), 32}};

/// A visitor who comes by a proxy on this machine.
ClientResponse visit(const ApiServer &server, int number)
{
    return server.client().get("/session", {"X-Forwarded-For: 203.0.113." + QByteArray::number(number)});
}

QStringList codesOf(ApiServer &server)
{
    QStringList codes;
    for (const Problem &problem : server.health().problems())
        codes += problem.code;
    return codes;
}

} // namespace

/// A proxy that nobody told the server of, or that keeps its clients to itself, is noticed; see TestAddressWatch for what is not.
class TestProxySuspicion : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void untrustedProxy_isNoticed();
    void trustedProxy_isNone();
    void proxyWithoutTheField_isNoticedByItsCrowd();
    void trustedProxyThatHides_isToldByHealth_data();
    void trustedProxyThatHides_isToldByHealth();
};

void TestProxySuspicion::untrustedProxy_isNoticed()
{
    ApiServer server;
    const LogCapture log;
    for (int i = 0; i < 30; ++i)
        QCOMPARE(visit(server, i).status(), 200);
    QCOMPARE(codesOf(server), QStringList {u"one_address_for_all"_s});
    QCOMPARE(server.health().problems().constFirst().detail,
             u"all requests come from 127.0.0.1, which is probably your proxy: set http.trusted_proxies"_s);
    QCOMPARE(log.text().count("one_address_for_all address=127.0.0.1"), 1);
    QCOMPARE(server.client().get("/health/ready").status(), 200); // it serves all the same
    server.clock.advance(20min);
    server.health().endOverdue(server.clock.now());
    QCOMPARE(codesOf(server), QStringList());
}

void TestProxySuspicion::trustedProxy_isNone()
{
    ApiServer server(ApiOptions {.trustedProxies = thisMachine});
    for (int i = 0; i < 30; ++i)
        QCOMPARE(visit(server, i).status(), 200);
    QCOMPARE(codesOf(server), QStringList());
}

void TestProxySuspicion::proxyWithoutTheField_isNoticedByItsCrowd()
{
    ApiServer server;
    for (int i = 0; i < 20; ++i) {
        const QByteArrayList agent {"User-Agent: Browser " + QByteArray::number(i)};
        QJsonValue token = server.join(u"user%1@example.com"_s.arg(i))["refresh_token"_L1];
        for (int j = 0; j < 10; ++j) {
            QVERIFY(codesOf(server).isEmpty());
            const auto renewed = server.client().post("/refresh", {{u"refresh_token"_s, token}}, agent);
            QCOMPARE(renewed.status(), 200);
            token = renewed["refresh_token"_L1];
        }
    }
    QCOMPARE(codesOf(server), QStringList {u"one_address_for_all"_s});
}

void TestProxySuspicion::trustedProxyThatHides_isToldByHealth_data()
{
    QTest::addColumn<QByteArrayList>("fields");
    QTest::addColumn<QString>("how");
    QTest::newRow("without the field") << QByteArrayList {} << u"no X-Forwarded-For"_s;
    QTest::newRow("with one that is no address") << QByteArrayList {"X-Forwarded-For: unknown"} << u"X-Forwarded-For ends in no address"_s;
}

void TestProxySuspicion::trustedProxyThatHides_isToldByHealth()
{
    QFETCH(const QByteArrayList, fields);
    QFETCH(const QString, how);
    ApiServer server(ApiOptions {.trustedProxies = thisMachine});
    server.client().get("/session"); // a health check may well ask for nobody
    QCOMPARE(codesOf(server), QStringList());
    server.client().post("/logout", {}, fields);
    QCOMPARE(codesOf(server), QStringList {u"proxy_hides_clients"_s});
    QVERIFY(server.health().problems().constFirst().detail.contains(u"127.0.0.1 does not say for whom it asks (%1)"_s.arg(how)));
}

QTEST_GUILESS_MAIN(TestProxySuspicion)
#include "TestProxySuspicion.moc"
