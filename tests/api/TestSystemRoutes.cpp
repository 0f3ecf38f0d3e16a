#include "tests/support/ApiServer.h"
#include "tests/support/RawHttp.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestSystemRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void health_isTold();
    void jwks_areOnlyPublicKeysThatVerify();
    void metrics_areForLoopbackOrTheToken_data();
    void metrics_areForLoopbackOrTheToken();
    void metrics_areNotForStrangersBehindAProxy();
    void metrics_areNotForOtherNames_data();
    void metrics_areNotForOtherNames();
    void metrics_tellWhatTheGateRefused();
    void docs_areServedFromHere();
    void traffic_isCounted();
};

void TestSystemRoutes::health_isTold()
{
    const ApiServer server;
    for (const char *path : {"/health/live", "/health/ready"}) {
        const auto answer = server.client().get(path);
        QCOMPARE(answer.status(), 200);
        QCOMPARE(answer["status"_L1], u"ok"_s);
        QCOMPARE(answer.header("cache-control"), "no-store");
    }
}

void TestSystemRoutes::jwks_areOnlyPublicKeysThatVerify()
{
    ApiServer server;
    const auto keys = [&server] { return server.client().get("/.well-known/jwks.json")["keys"_L1].toArray(); };
    QCOMPARE(keys().size(), 1);
    QCOMPARE(keys().first().toObject().keys(), (QStringList {u"alg"_s, u"crv"_s, u"kid"_s, u"kty"_s, u"use"_s, u"x"_s, u"y"_s}));
    QVERIFY(server.world.keys.rotate(KeyPurpose::Access, std::chrono::minutes {20}, u"test"_s, server.clock.now()));
    QCOMPARE(keys().size(), 2);
    server.clock.advance(std::chrono::minutes {20});
    QCOMPARE(keys().size(), 1);
}

void TestSystemRoutes::metrics_areForLoopbackOrTheToken_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("status");
    QTest::newRow("from here") << QString() << "X-None: 1"_ba << 200;
    QTest::newRow("from elsewhere, through the proxy") << QString() << "X-Forwarded-For: 198.51.100.9"_ba << 401;
    QTest::newRow("from elsewhere, empty token") << QString() << "Authorization: Bearer "_ba << 200;
    QTest::newRow("with the token") << u"scrape-me-please"_s << "Authorization: Bearer scrape-me-please"_ba << 200;
    QTest::newRow("from here, without the token") << u"scrape-me-please"_s << "X-None: 1"_ba << 401;
    QTest::newRow("with another token") << u"scrape-me-please"_s << "Authorization: Bearer scrape-me"_ba << 401;
}

void TestSystemRoutes::metrics_areForLoopbackOrTheToken()
{
    QFETCH(QString, token);
    QFETCH(QByteArray, header);
    const ApiServer server(ApiOptions {.http = {.metricsToken = token}, .trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}}});
    const auto answer = server.client().get("/metrics", {header});
    QTEST(answer.status(), "status");
    QCOMPARE(answer.raw.body.contains("# TYPE warder_"), answer.status() == 200);
}

void TestSystemRoutes::metrics_areNotForStrangersBehindAProxy()
{
    const ApiServer server; // which knows of no proxy, and sees one of this machine
    for (const QByteArray &word : {"X-Forwarded-For: 198.51.100.9"_ba, "X-Forwarded-Host: shop.example"_ba, "X-Real-IP: 198.51.100.9"_ba,
                                   "Forwarded: for=198.51.100.9"_ba, "Via: 1.1 front"_ba})
        QCOMPARE(server.client().get("/metrics", {word}).status(), 401);
}

void TestSystemRoutes::metrics_areNotForOtherNames_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    QTest::newRow("localhost") << "HTTP/1.1\r\nHost: localhost:8000"_ba << 200;
    QTest::newRow("an address of this machine") << "HTTP/1.1\r\nHost: 127.0.0.1"_ba << 200;
    QTest::newRow("IPv6") << "HTTP/1.1\r\nHost: [::1]:8000"_ba << 200;
    QTest::newRow("a page that made its name point here") << "HTTP/1.1\r\nHost: evil.example:8000"_ba << 401;
    QTest::newRow("the public name, through a proxy that adds nothing") << "HTTP/1.1\r\nHost: auth.example.com"_ba << 401;
    QTest::newRow("an address of the network") << "HTTP/1.1\r\nHost: 192.168.1.5"_ba << 401;
    QTest::newRow("nginx as it comes") << "HTTP/1.0\r\nHost: 127.0.0.1:8000\r\nConnection: close"_ba << 401;
    QTest::newRow("no name at all") << "HTTP/1.0"_ba << 401;
}

void TestSystemRoutes::metrics_areNotForOtherNames()
{
    QFETCH(QByteArray, head);
    const ApiServer server;
    QTEST(RawHttp(server.port()).ask("GET /metrics " + head + "\r\n\r\n").value_or(RawAnswer()).status, "status");
}

void TestSystemRoutes::metrics_tellWhatTheGateRefused()
{
    const ApiServer server;
    for (int i = 0; i < 3; ++i)
        QCOMPARE(RawHttp(server.port()).ask("GET / HTTP/1.1\r\n\r\n").value_or(RawAnswer()).status, 400);
    QCOMPARE(RawHttp(server.port()).ask("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n").value_or(RawAnswer()).status, 501);
    const QByteArray text = server.client().get("/metrics").raw.body;
    QVERIFY(text.contains("\nwarder_gate_refusals_total{status=\"400\"} 3\n"));
    QVERIFY(text.contains("\nwarder_gate_refusals_total{status=\"501\"} 1\n"));
}

void TestSystemRoutes::docs_areServedFromHere()
{
    const ApiServer server;
    const auto page = server.client().get("/docs");
    QCOMPARE(page.status(), 200);
    QVERIFY(page.header("content-type").startsWith("text/html"));
    QVERIFY(page.header("content-security-policy").contains("default-src 'none'"));
    QVERIFY(!page.raw.body.contains("http://"));
    QVERIFY(!page.raw.body.contains("https://"));
    static const QRegularExpression link(u"(?:src|href)=\"([^\"#]+)\""_s);
    int files = 0;
    for (const auto &match : link.globalMatch(QString::fromUtf8(page.raw.body))) {
        const QString target = match.captured(1);
        const auto file = server.client().get((target.startsWith(u'/') ? target : u'/' + target).toLatin1());
        QVERIFY2(file.status() == 200, qPrintable(target));
        QVERIFY(!file.raw.body.isEmpty());
        ++files;
    }
    QVERIFY(files >= 3);
}

void TestSystemRoutes::traffic_isCounted()
{
    ApiServer server;
    server.join(u"ann@example.com"_s);
    server.login(u"ann@example.com"_s);
    server.login(u"ann@example.com"_s, u"a wrong one"_s);
    server.client().get("/nothing");
    const auto point = server.traffic().history(Seconds {1}, server.clock.now()).last();
    QCOMPARE(point.requests(), 4);
    QCOMPARE(point.succeeded, 2);
    QCOMPARE(point.refused, 2);
    QCOMPARE(point.signIns, 2);
    QCOMPARE(point.failedSignIns, 1);
}

QTEST_GUILESS_MAIN(TestSystemRoutes)
#include "TestSystemRoutes.moc"
