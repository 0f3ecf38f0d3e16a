#include "tests/support/ApiServer.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestCors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_server = std::make_unique<ApiServer>(); }
    void cleanup() { m_server.reset(); }

    void answers_sayWhoMayRead_data();
    void answers_sayWhoMayRead();
    void preflight_data();
    void preflight();
    void preflight_allowsWhatAPageNames_data();
    void preflight_allowsWhatAPageNames();
    void refusals_areReadableToo();
    void refusalsOfTheGate_areReadableToo_data();
    void refusalsOfTheGate_areReadableToo();
    void signingIn_fromAForeignPage_isRefused_data();
    void signingIn_fromAForeignPage_isRefused();
    void page_whoseNameWasMadeToPointHere_isForeign();

private:
    std::unique_ptr<ApiServer> m_server;
};

void TestCors::answers_sayWhoMayRead_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("our page") << ourPage << true;
    QTest::newRow("foreign") << evilPage << false;
    QTest::newRow("null") << "null"_ba << false;
    QTest::newRow("wildcard") << "*"_ba << false;
    QTest::newRow("ours over HTTPS") << "https://localhost:3000"_ba << false;
    QTest::newRow("ours on another port") << "http://localhost:3001"_ba << false;
    QTest::newRow("ours as a prefix") << "http://localhost:3000.evil.example"_ba << false;
    QTest::newRow("ours with a user name before") << "http://localhost:3000@evil.example"_ba << false;
}

void TestCors::answers_sayWhoMayRead()
{
    QFETCH(QByteArray, origin);
    QFETCH(bool, allowed);
    for (const char *path : {"/me", "/session", "/health/live", "/nothing"}) {
        const auto answer = m_server->client().get(path, {"Origin: " + origin});
        QCOMPARE(answer.header("access-control-allow-origin"), allowed ? origin : QByteArray());
        QCOMPARE(answer.header("access-control-allow-credentials"), allowed ? "true" : "");
        QCOMPARE(answer.headers("vary").join(',').contains("Origin"), true);
        if (allowed)
            QVERIFY(answer.header("access-control-expose-headers").contains("Retry-After"));
    }
}

void TestCors::preflight_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("methods");
    QTest::newRow("login") << "/login"_ba << ourPage << 204 << "POST"_ba;
    QTest::newRow("me, several methods") << "/me"_ba << ourPage << 204 << "DELETE"_ba;
    QTest::newRow("with an id") << "/me/sessions/7"_ba << ourPage << 204 << "DELETE"_ba;
    QTest::newRow("foreign page") << "/login"_ba << evilPage << 204 << ""_ba;
    QTest::newRow("null origin") << "/login"_ba << "null"_ba << 204 << ""_ba;
    QTest::newRow("unknown path") << "/nothing"_ba << ourPage << 404 << ""_ba;
}

void TestCors::preflight()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, origin);
    QFETCH(QByteArray, methods);
    const auto answer = m_server->client().ask(
        "OPTIONS", path,
        {"Origin: " + origin, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type,x-csrf-token"});
    QTEST(answer.status(), "status");
    if (methods.isEmpty()) {
        QVERIFY(answer.header("access-control-allow-methods").isEmpty());
        return;
    }
    QVERIFY(answer.header("access-control-allow-methods").contains(methods));
    const QByteArray headers = answer.header("access-control-allow-headers").toLower();
    for (const char *name : {"authorization", "content-type", "x-csrf-token"})
        QVERIFY(headers.contains(name));
    QVERIFY(answer.header("access-control-max-age").toInt() > 0);
    QCOMPARE(answer.header("access-control-allow-origin"), origin);
    QCOMPARE(answer.header("access-control-allow-credentials"), "true");
    QVERIFY(answer.raw.body.isEmpty());
}

void TestCors::preflight_allowsWhatAPageNames_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("allowed"); // beside those that are always
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("tracing") << "traceparent,tracestate,baggage,sentry-trace"_ba << "traceparent, tracestate, baggage, sentry-trace"_ba;
    QTest::newRow("libraries of old") << "x-requested-with, cache-control"_ba << "x-requested-with, cache-control"_ba;
    QTest::newRow("in capitals") << "X-Datadog-Trace-Id"_ba << "x-datadog-trace-id"_ba;
    QTest::newRow("known ones") << "Authorization, content-type"_ba << QByteArray();
    QTest::newRow("twice") << "a, a"_ba << "a"_ba;
    QTest::newRow("rubbish beside") << "a b, c\"d, , (e), f"_ba << "f"_ba;
    QTest::newRow("a wildcard is but a name") << "*"_ba << "*"_ba;
}

void TestCors::preflight_allowsWhatAPageNames()
{
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, allowed);
    const auto ask = [&](const QByteArray &origin) {
        return m_server->client()
            .ask("OPTIONS", "/login",
                 {"Origin: " + origin, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: " + asked})
            .header("access-control-allow-headers");
    };
    const QByteArray always = "authorization, content-type, x-csrf-token, x-request-id";
    QCOMPARE(ask(ourPage), allowed.isEmpty() ? always : always + ", " + allowed);
    QCOMPARE(ask(evilPage), QByteArray());
}

void TestCors::refusals_areReadableToo()
{
    const QByteArrayList header {"Origin: " + ourPage, "Content-Type: application/json"};
    QCOMPARE(m_server->client().ask("POST", "/login", header, "{").header("access-control-allow-origin"), ourPage);
    QCOMPARE(m_server->client().ask("PUT", "/login", header, "{}").header("access-control-allow-origin"), ourPage);
    QCOMPARE(m_server->client().ask("POST", "/logout/all", header).header("access-control-allow-origin"), ourPage);
}

void TestCors::refusalsOfTheGate_areReadableToo_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    QTest::newRow("a large body") << "POST /login"_ba << "Content-Length: 2000000\r\n"_ba << 413;
    QTest::newRow("a large chunk") << "POST /login"_ba << "Transfer-Encoding: chunked\r\n\r\n1E8480\r\n"_ba << 413;
    QTest::newRow("many fields") << "GET /me"_ba << "X: a\r\n"_ba.repeated(80) << 431;
    QTest::newRow("long fields") << "GET /me"_ba << "X: " + QByteArray(20'000, 'a') + "\r\n" << 431;
    QTest::newRow("a long target") << "GET /me?" + QByteArray(8'500, 'a') << ""_ba << 414;
    QTest::newRow("a bad target") << "GET /me?\x01"_ba << ""_ba << 400;
    QTest::newRow("a bad chunk") << "POST /login"_ba << "Transfer-Encoding: chunked\r\n\r\nxx\r\n"_ba << 400;
    QTest::newRow("an unknown method") << "BREW /me"_ba << ""_ba << 501;
    QTest::newRow("an expectation") << "POST /login"_ba << "Expect: tea\r\nContent-Length: 2\r\n"_ba << 417;
}

void TestCors::refusalsOfTheGate_areReadableToo()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, fields);
    const auto ask = [&](const QByteArray &origins) {
        RawHttp client(m_server->port());
        return client.ask(start + " HTTP/1.1\r\nHost: localhost\r\n" + origins + fields + "\r\n").value_or(RawAnswer());
    };
    const auto answer = ask("oRIGIN: " + ourPage + "\r\n");
    QTEST(answer.status, "status");
    QCOMPARE(answer.header("access-control-allow-origin"), ourPage);
    QCOMPARE(answer.header("access-control-allow-credentials"), "true"_ba);
    QVERIFY(answer.header("vary").contains("Origin"));
    for (const QByteArray &foreign :
         {"Origin: " + evilPage + "\r\n", "Origin: null\r\n"_ba, ""_ba, "Origin: " + ourPage + "\r\nOrigin: " + evilPage + "\r\n",
          "Origin: " + ourPage + "\x01\r\n", "X-Origin: " + ourPage + "\r\n"})
        QVERIFY2(ask(foreign).header("access-control-allow-origin").isEmpty(), foreign);
}

void TestCors::signingIn_fromAForeignPage_isRefused_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("status");
    for (const char *path : {"/login", "/token", "/register"}) {
        QTest::addRow("%s, our page", path) << QByteArray(path) << "Origin: " + ourPage << 0;
        QTest::addRow("%s, our own docs page", path) << QByteArray(path) << "Origin: http://localhost"_ba << 0;
        QTest::addRow("%s, no browser", path) << QByteArray(path) << "X-None: 1"_ba << 0;
        QTest::addRow("%s, foreign page", path) << QByteArray(path) << "Origin: " + evilPage << 403;
        QTest::addRow("%s, null", path) << QByteArray(path) << "Origin: null"_ba << 403;
        QTest::addRow("%s, cross-site", path) << QByteArray(path) << "Sec-Fetch-Site: cross-site"_ba << 403;
    }
}

void TestCors::signingIn_fromAForeignPage_isRefused()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, header);
    QFETCH(int, status);
    m_server->join(u"ann@example.com"_s);
    const QString email = path == "/register" ? u"bob@example.com"_s : u"ann@example.com"_s;
    const auto answer =
        m_server->client().post(path, {{u"email"_s, email}, {u"password"_s, password}, {u"token_delivery"_s, u"cookie"_s}}, {header});
    QCOMPARE(answer.status(), status != 0 ? status : path == "/register" ? 201 : 200);
    QCOMPARE(answer.headers("set-cookie").isEmpty(), status == 403);
}

void TestCors::page_whoseNameWasMadeToPointHere_isForeign()
{
    const QByteArray body = R"({"email":"new@example.com","password":"correct horse battery"})";
    const QByteArray head =
        "POST /register HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size());
    RawHttp client(m_server->port());
    const auto refused = client.ask(head + "\r\nHost: evil.example:8000\r\nOrigin: http://evil.example:8000\r\n\r\n" + body);
    QCOMPARE(refused.value_or(RawAnswer()).status, 403);
    const auto own = client.ask(head + "\r\nHost: 127.0.0.1:8000\r\nOrigin: http://127.0.0.1:8000\r\n\r\n" + body);
    QCOMPARE(own.value_or(RawAnswer()).status, 201);
}

QTEST_GUILESS_MAIN(TestCors)
#include "TestCors.moc"
