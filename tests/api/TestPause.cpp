#include "tests/support/ApiServer.h"

#include <QTest>

#include <memory>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;

/// A paused server: it says so, to everybody but its doctors, and forgets nothing.
class TestPause : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void paused_answers503ToAllButHealth();
    void connections_areKept();
    void preflight_isAnswered();
};

void TestPause::paused_answers503ToAllButHealth()
{
    ApiServer server;
    const auto ann = server.join(u"ann@example.com"_s);
    server.pause(true);
    for (const Route &route : server.routes().routes()) {
        const auto answer = ApiClient::askOn(*std::make_unique<RawHttp>(server.port()), nameOf(route.method), pathWith(route.path),
                                             {"Content-Length: 0"}, {});
        const int expected = route.path == "/health/live" ? 200 : 503;
        QVERIFY2(answer.status() == expected, route.path.constData());
        if (!route.path.startsWith("/health/")) {
            QCOMPARE(answer.header("retry-after"), "10"_ba);
            QCOMPARE(answer["code"_L1].toString(), u"busy"_s);
        }
    }
    QCOMPARE(server.client().get("/health/ready")["reason"_L1].toString(), u"the server is paused"_s);
    server.pause(false);
    QCOMPARE(server.client().get("/health/ready").status(), 200);
    QCOMPARE(server.client().get("/me", {bearer(ann["access_token"_L1])}).status(), 200);
}

void TestPause::connections_areKept()
{
    ApiServer server;
    RawHttp connection(server.port());
    for (const bool paused : {false, true, false}) {
        server.pause(paused);
        const auto answer = ApiClient::askOn(connection, "GET", "/session", {}, {});
        QCOMPARE(answer.status(), paused ? 503 : 200);
        QVERIFY(answer.header("connection").isEmpty());
    }
}

void TestPause::preflight_isAnswered()
{
    ApiServer server;
    server.pause(true);
    const auto answer = ApiClient::askOn(*std::make_unique<RawHttp>(server.port()), "OPTIONS", "/login",
                                         {"Origin: " + ourPage, "Access-Control-Request-Method: POST"}, {});
    QCOMPARE(answer.status(), 204); // or a page would not be told of the 503 that follows
    QCOMPARE(answer.header("access-control-allow-origin"), ourPage);
}

QTEST_GUILESS_MAIN(TestPause)
#include "TestPause.moc"
