#include "tests/support/ApiServer.h"
#include "tests/support/LogCapture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

namespace {

const QByteArray right = "a-token-that-both-of-them-know-of";
const QByteArray browser = "X-Forwarded-For: 203.0.113.7";

QByteArray tokenField(const QByteArray &token) { return "X-Warder-Service-Token: " + token; }

ApiOptions optionsWith(const QByteArray &token, bool limits = false)
{
    ApiOptions options;
    options.rateLimits = limits;
    options.http.serviceToken = QString::fromLatin1(token);
    options.trustedProxies = {QHostAddress::parseSubnet(u"10.0.0.0/8"_s)};
    return options;
}

/// The address that a session has which is opened with these fields.
QString addressOfSession(const ApiServer &server, const QByteArrayList &fields)
{
    (void)server.join(u"ann@example.com"_s);
    const auto pair = server.client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}}, fields);
    const auto sessions = server.client().get("/me/sessions", {bearer(pair["access_token"_L1])})["sessions"_L1].toArray();
    for (const QJsonValue &each : sessions) {
        if (each["current"_L1].toBool())
            return each["address"_L1].toString();
    }
    return {};
}

} // namespace

/// A server that renders pages asks for people: who has the token is believed for whom, and nobody else is.
class TestServiceToken : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void client_isWhomItAsksFor_data();
    void client_isWhomItAsksFor();
    void serverBehindAProxyOfOurs_isBelievedAsWell_data();
    void serverBehindAProxyOfOurs_isBelievedAsWell();
    void limits_holdEachVisitorAlone();
    void wrongToken_isToldAndForgotten_data();
    void wrongToken_isToldAndForgotten();
    void rightToken_isNothingToTell();
    void token_standsNowhere();
    void visitorOfThisMachine_isNoLocalProgram();
};

void TestServiceToken::client_isWhomItAsksFor_data()
{
    QTest::addColumn<QByteArrayList>("fields");
    QTest::addColumn<QString>("client");
    const QByteArray good = tokenField(right);
    const QString server = u"127.0.0.1"_s;
    const QString visitor = u"203.0.113.7"_s;
    QTest::newRow("the right token") << QByteArrayList {good, browser} << visitor;
    QTest::newRow("no token") << QByteArrayList {browser} << server;
    QTest::newRow("another token") << QByteArrayList {tokenField(QByteArray(right.size(), 'x')), browser} << server;
    QTest::newRow("a longer one") << QByteArrayList {tokenField(right + 'x'), browser} << server;
    QTest::newRow("an empty one") << QByteArrayList {tokenField(""), browser} << server;
    QTest::newRow("two of them") << QByteArrayList {good, good, browser} << server;
    QTest::newRow("for nobody") << QByteArrayList {good} << server;
    QTest::newRow("what the visitor made up stands before")
        << QByteArrayList {good, "X-Forwarded-For: 198.51.100.1, 203.0.113.7"} << visitor;
    QTest::newRow("a proxy of ours stands behind") << QByteArrayList {good, "X-Forwarded-For: 203.0.113.7, 10.0.0.4"} << visitor;
    QTest::newRow("what is no address") << QByteArrayList {good, "X-Forwarded-For: 203.0.113.7, unknown"} << server;
    QTest::newRow("IPv6") << QByteArrayList {good, "X-Forwarded-For: 2001:db8::7"} << u"2001:db8::7"_s;
    QTest::newRow("by another field") << QByteArrayList {good, "X-Real-IP: 203.0.113.7"} << server;
}

void TestServiceToken::client_isWhomItAsksFor()
{
    QFETCH(const QByteArrayList, fields);
    QFETCH(const QString, client);
    QCOMPARE(addressOfSession(ApiServer(optionsWith(right)), fields), client);
}

/// Its words come after the token's server has added the visitor, and the proxy has added that server.
void TestServiceToken::serverBehindAProxyOfOurs_isBelievedAsWell_data()
{
    QTest::addColumn<QByteArrayList>("fields");
    QTest::addColumn<QString>("client");
    const QByteArray good = tokenField(right);
    const QByteArray both = "X-Forwarded-For: 203.0.113.7, 198.51.100.9";
    QTest::newRow("the right token") << QByteArrayList {good, both} << u"203.0.113.7"_s;
    QTest::newRow("what the visitor made up stands before")
        << QByteArrayList {good, "X-Forwarded-For: 192.0.2.1, 203.0.113.7, 198.51.100.9"} << u"203.0.113.7"_s;
    QTest::newRow("two proxies of ours") << QByteArrayList {good, both + ", 127.0.0.3"} << u"203.0.113.7"_s;
    QTest::newRow("no token") << QByteArrayList {both} << u"198.51.100.9"_s;
    QTest::newRow("another token") << QByteArrayList {tokenField("another"), both} << u"198.51.100.9"_s;
    QTest::newRow("for nobody") << QByteArrayList {good, "X-Forwarded-For: 198.51.100.9"} << u"198.51.100.9"_s;
    QTest::newRow("what is no address") << QByteArrayList {good, "X-Forwarded-For: unknown, 198.51.100.9"} << u"198.51.100.9"_s;
}

void TestServiceToken::serverBehindAProxyOfOurs_isBelievedAsWell()
{
    QFETCH(const QByteArrayList, fields);
    QFETCH(const QString, client);
    ApiOptions options = optionsWith(right);
    options.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.0/8"_s)};
    QCOMPARE(addressOfSession(ApiServer(options), fields), client);
}

void TestServiceToken::limits_holdEachVisitorAlone()
{
    const ApiServer server(optionsWith(right, true));
    QCOMPARE(server.join(u"ann@example.com"_s).status(), 201);
    const auto signIn = [&](const QByteArrayList &fields) {
        return server.client().post("/login", {{u"email"_s, u"ann@example.com"_s}, {u"password"_s, password}}, fields).status();
    };
    for (int i = 0; i < 40; ++i)
        QCOMPARE(signIn({tokenField(right), "X-Forwarded-For: 203.0.113." + QByteArray::number(i)}), 200);
    int limited = 0;
    for (int i = 0; i < 12; ++i)
        limited += signIn({tokenField("wrong"), "X-Forwarded-For: 203.0.113." + QByteArray::number(i)}) == 429;
    QCOMPARE(limited, 2); // all of them the server's own
}

void TestServiceToken::wrongToken_isToldAndForgotten_data()
{
    QTest::addColumn<QByteArray>("configured");
    QTest::addColumn<QString>("why");
    QTest::newRow("another one is set") << right << u"brings a service token that is not that of http.service_token"_s;
    QTest::newRow("none is set") << QByteArray() << u"brings a service token, and http.service_token is not set"_s;
}

void TestServiceToken::wrongToken_isToldAndForgotten()
{
    QFETCH(const QByteArray, configured);
    QFETCH(const QString, why);
    ApiServer server(optionsWith(configured));
    const LogCapture log;
    for (int i = 0; i < 50; ++i)
        QCOMPARE(server.client().get("/session", {tokenField("wrong"), browser}).status(), 200);
    QCOMPARE(log.text().count("service_token_wrong from=127.0.0.1"), 1);
    QCOMPARE(server.health().problems().size(), 1);
    const Problem problem = server.health().problems().constFirst();
    QCOMPARE(problem.code, u"service_token_wrong"_s);
    QVERIFY2(problem.detail.startsWith(u"127.0.0.1 "_s + why), qPrintable(problem.detail));
    server.clock.advance(59min);
    server.client().get("/session", {tokenField("wrong"), browser});
    server.clock.advance(2min);
    server.health().endOverdue(server.clock.now());
    QVERIFY(server.health().has(u"service_token_wrong"));
    server.clock.advance(58min);
    server.health().endOverdue(server.clock.now());
    QVERIFY(server.health().problems().isEmpty());
}

void TestServiceToken::rightToken_isNothingToTell()
{
    ApiServer server(optionsWith(right));
    for (int i = 0; i < 50; ++i)
        server.client().get("/session", {tokenField(right), "X-Forwarded-For: 203.0.113." + QByteArray::number(i)});
    QVERIFY(server.health().problems().isEmpty());
}

void TestServiceToken::token_standsNowhere()
{
    ApiServer server(optionsWith(right));
    const LogCapture log;
    const auto answer = server.client().get("/session", {tokenField(right), browser});
    const auto refused = server.client().get("/session", {tokenField("another-secret-of-somebody"), browser});
    QVERIFY(!answer.everything().contains(right) && !refused.everything().contains("another-secret"));
    QVERIFY(!log.text().contains(right) && !log.text().contains("another-secret"));
    QVERIFY(!server.health().problems().constFirst().detail.contains(u"another-secret"));
}

/// Programs of this machine may read /metrics; a visitor who says to be of it may not.
void TestServiceToken::visitorOfThisMachine_isNoLocalProgram()
{
    const ApiServer server(optionsWith(right));
    QCOMPARE(server.client().get("/metrics").status(), 200);
    QCOMPARE(server.client().get("/metrics", {tokenField(right), "X-Forwarded-For: 127.0.0.1"}).status(), 401);
}

QTEST_GUILESS_MAIN(TestServiceToken)
#include "TestServiceToken.moc"
