#include "tests/support/EchoServer.h"
#include "tests/support/LogCapture.h"
#include "tests/support/RawHttp.h"

#include <QTest>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;

/// The gate over real sockets: what a client sees.
class TestGate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answers_andKeepsTheConnection();
    void pipelinedRequests_areAnsweredInOrder();
    void laterAnswers_keepTheOrder();
    void chunkedBody_maySplitAnywhere();
    void http10_closesUnlessAskedNotTo();
    void head_hasTheLengthButNoBody();
    void status204_hasNoLength();
    void expect_isAnsweredWith100();
    void absoluteForm_isRewritten();
    void halfClosedClient_isAnswered();
    void everyAnswer_saysWhen();
    void refusal_speaksTheErrorShape_data();
    void refusal_speaksTheErrorShape();
    void bodyLimit_isPerRoute();
    void forgottenTicket_answers500_data();
    void forgottenTicket_answers500();
    void slowClient_isCutOff_data();
    void slowClient_isCutOff();
    void slowButHonestBody_isWaitedFor();
    void slowHandler_isAnsweredFor();
    void tooManyConnections_areTurnedAway();
    void trustedProxy_mayBringManyConnections();
    void forwardedFor_isBelievedFromProxiesOnly_data();
    void forwardedFor_isBelievedFromProxiesOnly();
    void proxyThatHidesItsClients_isToldOnce();
    void proxyHeader_thatHidesItsClient_isTold_data();
    void proxyHeader_thatHidesItsClient_isTold();
    void gateFields_cannotBeForged();
    void unreadAnswers_stopTheReading();
    void unreadAnswers_areBoundedTogether();
    void unreadAnswers_areNotWaitedForForEver();
    void limits_reachStandingConnections();
    void connection_endsAfterItsShare();

private:
    /// A listener on a port of the system's choice.
    struct Server : EchoServer
    {
        explicit Server(const ListenerLimits &its = {}) : EchoServer(its)
        {
            if (const QString why = listen(); !why.isEmpty())
                qFatal("%s", qPrintable(why));
        }
    };
    static ListenerLimits impatient();
};

/// Deadlines that a test can wait for, all far below the client's patience.
ListenerLimits TestGate::impatient()
{
    ListenerLimits limits;
    limits.firstByte = limits.head = limits.body = limits.idle = Milliseconds(60);
    limits.linger = limits.write = Milliseconds(60);
    limits.tick = Milliseconds(10);
    return limits;
}

void TestGate::answers_andKeepsTheConnection()
{
    const Server server;
    RawHttp client(server.listener.port());
    for (int i = 0; i < 50; ++i) {
        const auto answer = client.ask(RawHttp::request("POST", "/echo", {}, QByteArray::number(i)));
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, QByteArray::number(i));
    }
    QCOMPARE(server.counts.connections(), 1);
    QCOMPARE(server.counts.requests(), 50);
}

void TestGate::pipelinedRequests_areAnsweredInOrder()
{
    const Server server;
    RawHttp client(server.listener.port());
    QByteArray all;
    for (int i = 0; i < 30; ++i)
        all += RawHttp::request("POST", "/echo", {}, QByteArray::number(i));
    QVERIFY(client.send(all));
    for (int i = 0; i < 30; ++i)
        QCOMPARE(client.read().value_or(RawAnswer()).body, QByteArray::number(i));
}

void TestGate::laterAnswers_keepTheOrder()
{
    const Server server;
    RawHttp client(server.listener.port());
    QByteArray all;
    for (int i = 0; i < 30; ++i)
        all += RawHttp::request("POST", i % 2 ? "/later" : "/echo", {}, QByteArray::number(i));
    QVERIFY(client.send(all));
    for (int i = 0; i < 30; ++i)
        QCOMPARE(client.read().value_or(RawAnswer()).body, QByteArray::number(i));
}

void TestGate::chunkedBody_maySplitAnywhere()
{
    const Server server;
    RawHttp client(server.listener.port());
    const QByteArray request = RawHttp::request("POST", "/echo", {"Transfer-Encoding: chunked"_ba})
                               + "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nX-T: 1\r\n\r\n" + RawHttp::request("GET", "/hello");
    for (qsizetype cut = 1; cut < request.size(); ++cut) {
        QVERIFY(client.send(request.first(cut)) && client.send(request.sliced(cut)));
        QCOMPARE(client.read().value_or(RawAnswer()).body, "abc0123456789"_ba);
        QCOMPARE(client.read().value_or(RawAnswer()).body, "hi"_ba);
    }
}

void TestGate::http10_closesUnlessAskedNotTo()
{
    const Server server;
    RawHttp once(server.listener.port());
    const auto last = once.ask("GET /hello HTTP/1.0\r\n\r\n");
    QCOMPARE(last.value_or(RawAnswer()).header("connection"), "close"_ba);
    QVERIFY(once.isClosedByServer());
    RawHttp twice(server.listener.port());
    for (int i = 0; i < 2; ++i) {
        const auto answer = twice.ask("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        QCOMPARE(answer.value_or(RawAnswer()).header("connection"), "keep-alive"_ba);
    }
}

void TestGate::head_hasTheLengthButNoBody()
{
    const Server server;
    RawHttp client(server.listener.port());
    QVERIFY(client.send(RawHttp::request("HEAD", "/hello") + RawHttp::request("GET", "/hello")));
    const auto head = client.read(true);
    QCOMPARE(head.value_or(RawAnswer()).header("content-length"), "2"_ba);
    QCOMPARE(client.read().value_or(RawAnswer()).body, "hi"_ba);
}

void TestGate::status204_hasNoLength()
{
    const Server server;
    RawHttp client(server.listener.port());
    const auto none = client.ask(RawHttp::request("GET", "/none"));
    QVERIFY(none);
    QCOMPARE(none->status, 204);
    QVERIFY(none->header("content-length").isEmpty());
    QCOMPARE(client.ask(RawHttp::request("GET", "/hello")).value_or(RawAnswer()).status, 200);
}

void TestGate::expect_isAnsweredWith100()
{
    const Server server;
    RawHttp client(server.listener.port());
    const auto goOn = client.ask(RawHttp::request("POST", "/echo", {"Expect: 100-continue"_ba, "Content-Length: 3"_ba}));
    QCOMPARE(goOn.value_or(RawAnswer()).status, 100);
    QCOMPARE(client.ask("abc").value_or(RawAnswer()).body, "abc"_ba);
}

void TestGate::absoluteForm_isRewritten()
{
    const Server server;
    RawHttp client(server.listener.port());
    const auto answer = client.ask(RawHttp::request("GET", "http://LOCALHOST/show?a=1"));
    QCOMPARE(answer.value_or(RawAnswer()).body, "GET /show?a=1 127.0.0.1 127.0.0.1 plain 0 "_ba);
}

void TestGate::halfClosedClient_isAnswered()
{
    const Server server;
    RawHttp client(server.listener.port());
    QVERIFY(client.send(RawHttp::request("GET", "/hello") + RawHttp::request("POST", "/later", {}, "later")
                        + RawHttp::request("POST", "/echo", {}, "x")));
    client.shutdownSending();
    QCOMPARE(client.read().value_or(RawAnswer()).body, "hi"_ba);
    QCOMPARE(client.read().value_or(RawAnswer()).body, "later"_ba);
    QCOMPARE(client.read().value_or(RawAnswer()).body, "x"_ba);
    QVERIFY(client.isClosedByServer());
}

void TestGate::everyAnswer_saysWhen()
{
    const Server server;
    RawHttp client(server.listener.port());
    QVERIFY(client.ask(RawHttp::request("GET", "/hello")).value_or(RawAnswer()).header("date").endsWith(" GMT"));
    QVERIFY(client.ask("garbage\r\n\r\n").value_or(RawAnswer()).header("date").endsWith(" GMT"));
}

void TestGate::refusal_speaksTheErrorShape_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto get = [](const QByteArrayList &lines) { return RawHttp::request("GET", "/hello", lines); };
    QTest::newRow("garbage") << "garbage\r\n\r\n"_ba << 400 << "bad_request"_ba;
    QTest::newRow("TLS hello") << QByteArray::fromHex("160301020001000001fc0303") << 400 << "bad_request"_ba;
    QTest::newRow("two lengths") << get({"Content-Length: 0"_ba, "Content-Length: 1"_ba}) << 400 << "bad_request"_ba;
    QTest::newRow("huge body") << get({"Content-Length: 65537"_ba}) << 413 << "body_too_large"_ba;
    QTest::newRow("long target") << RawHttp::request("GET", "/" + QByteArray(9000, 'a')) << 414 << "uri_too_long"_ba;
    QTest::newRow("endless target") << "GET /" + QByteArray(9000, 'a') << 414 << "uri_too_long"_ba;
    QTest::newRow("expectation") << get({"Expect: tea"_ba}) << 417 << "expectation_failed"_ba;
    QTest::newRow("many fields") << get(QByteArrayList(70, "X: a"_ba)) << 431 << "headers_too_large"_ba;
    QTest::newRow("long field") << get({"X: "_ba + QByteArray(20'000, 'a')}) << 431 << "headers_too_large"_ba;
    QTest::newRow("unknown method") << RawHttp::request("BREW", "/") << 501 << "not_implemented"_ba;
    QTest::newRow("HTTP/2") << "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"_ba << 505 << "version_not_supported"_ba;
}

void TestGate::refusal_speaksTheErrorShape()
{
    QFETCH(QByteArray, request);
    const Server server;
    RawHttp client(server.listener.port());
    const auto answer = client.ask(request + RawHttp::request("GET", "/smuggled"));
    QVERIFY(answer);
    QTEST(answer->status, "status");
    QFETCH(QByteArray, code);
    QVERIFY2(answer->body.startsWith("{\"detail\":\"") && answer->body.endsWith("\",\"code\":\"" + code + "\"}"), answer->body);
    QCOMPARE(answer->header("content-type"), "application/json"_ba);
    QCOMPARE(answer->header("x-content-type-options"), "nosniff"_ba);
    QCOMPARE(answer->header("connection"), "close"_ba);
    QCOMPARE(answer->header("x-request-id").size(), 36);
    client.shutdownSending();
    QVERIFY(client.isClosedByServer());
    QCOMPARE(server.handler.handled(), 0);
    QCOMPARE(server.counts.refusals(), (std::map<HttpStatus, qint64> {{answer->status, 1}}));
}

void TestGate::bodyLimit_isPerRoute()
{
    const Server server;
    RawHttp client(server.listener.port());
    QCOMPARE(client.ask(RawHttp::request("POST", "/small", {}, QByteArray(100, 'a'))).value_or(RawAnswer()).status, 200);
    QCOMPARE(client.ask(RawHttp::request("POST", "/echo", {}, QByteArray(101, 'a'))).value_or(RawAnswer()).status, 200);
    QCOMPARE(client.ask(RawHttp::request("POST", "/small", {}, QByteArray(101, 'a'))).value_or(RawAnswer()).status, 413);
}

void TestGate::forgottenTicket_answers500_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("dropped at once") << "/drop"_ba;
    QTest::newRow("dropped on another thread") << "/drop-later"_ba;
    QTest::newRow("the handler throws") << "/throw"_ba;
    QTest::newRow("the handler's status is nonsense") << "/nonsense"_ba;
}

void TestGate::forgottenTicket_answers500()
{
    QFETCH(QByteArray, path);
    if (path == "/throw")
        QTest::ignoreMessage(QtCriticalMsg, "a handler threw: on purpose");
    const Server server;
    RawHttp client(server.listener.port());
    const auto answer = client.ask(RawHttp::request("GET", path));
    QCOMPARE(answer.value_or(RawAnswer()).status, 500);
    QCOMPARE(answer->body, "{\"detail\":\"Internal Server Error\",\"code\":\"internal\"}"_ba);
    QCOMPARE(client.ask(RawHttp::request("GET", "/hello")).value_or(RawAnswer()).status, 200);
}

void TestGate::slowClient_isCutOff_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("drip");
    QTest::addColumn<int>("status");
    QTest::newRow("no byte") << ""_ba << ""_ba << 0;
    QTest::newRow("empty lines only") << "\r\n"_ba << ""_ba << 0;
    QTest::newRow("half a request line") << "GET /he"_ba << ""_ba << 408;
    QTest::newRow("half a field") << "GET /hello HTTP/1.1\r\nHo"_ba << "a"_ba << 408;
    QTest::newRow("half a body") << RawHttp::request("POST", "/echo", {"Content-Length: 9000"_ba}) << "a"_ba << 408;
    QTest::newRow("half a chunk") << RawHttp::request("POST", "/echo", {"Transfer-Encoding: chunked"_ba}) + "A\r\nab" << ""_ba << 408;
}

void TestGate::slowClient_isCutOff()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, drip);
    const Server server(impatient());
    RawHttp client(server.listener.port(), std::chrono::milliseconds(20));
    QVERIFY(client.send(request));
    std::optional<RawAnswer> answer;
    while (!answer && !client.isClosedByServer()) {
        client.send(drip);
        answer = client.read();
    }
    QTEST(answer.value_or(RawAnswer()).status, "status");
    QCOMPARE(server.handler.handled(), 0);
}

void TestGate::slowButHonestBody_isWaitedFor()
{
    ListenerLimits limits = impatient();
    limits.bodyBytesPerSecond = 10;
    const Server server(limits);
    RawHttp client(server.listener.port(), std::chrono::milliseconds(50));
    QVERIFY(client.send(RawHttp::request("POST", "/echo", {"Content-Length: 100"_ba})));
    for (int i = 0; i < 10; ++i) {
        QVERIFY(client.send(QByteArray(10, 'a')));
        if (i < 9)
            QVERIFY(!client.read()); // lets 50 ms pass, beyond the deadline in all
    }
    QCOMPARE(client.read().value_or(RawAnswer()).status, 200);
}

void TestGate::slowHandler_isAnsweredFor()
{
    ListenerLimits limits = impatient();
    limits.handler = Milliseconds(50);
    Server server(limits);
    RawHttp client(server.listener.port());
    const auto answer = client.ask(RawHttp::request("GET", "/keep"));
    QCOMPARE(answer.value_or(RawAnswer()).status, 503);
    QVERIFY(!answer->header("retry-after").isEmpty());
    for (PendingAnswer &late : server.handler.takeKept())
        late.answer({.body = "late"_ba});
    QVERIFY(client.isClosedByServer());
}

void TestGate::tooManyConnections_areTurnedAway()
{
    ListenerLimits limits;
    limits.connectionsPerAddress = 3;
    const Server server(limits);
    std::deque<RawHttp> clients;
    for (int i = 0; i < 3; ++i)
        QCOMPARE(clients.emplace_back(server.listener.port()).ask(RawHttp::request("GET", "/hello")).value_or(RawAnswer()).status, 200);
    QVERIFY(RawHttp(server.listener.port()).readToEnd().isEmpty());
    QCOMPARE(server.counts.turnedAway(), 1);
    clients.pop_front();
    QTRY_COMPARE(server.counts.connections(), 2);
    QCOMPARE(RawHttp(server.listener.port()).ask(RawHttp::request("GET", "/hello")).value_or(RawAnswer()).status, 200);
}

void TestGate::trustedProxy_mayBringManyConnections()
{
    ListenerLimits limits;
    limits.connectionsPerAddress = 1;
    limits.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.0/8"_s)};
    const Server server(limits);
    std::deque<RawHttp> clients;
    for (int i = 0; i < 5; ++i)
        QCOMPARE(clients.emplace_back(server.listener.port()).ask(RawHttp::request("GET", "/hello")).value_or(RawAnswer()).status, 200);
}

void TestGate::forwardedFor_isBelievedFromProxiesOnly_data()
{
    QTest::addColumn<QString>("trusted");
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<QByteArray>("seen");
    const QByteArrayList spoofed {"X-Forwarded-For: 6.6.6.6, 9.9.9.9"_ba, "X-Forwarded-Proto: https"_ba};
    QTest::newRow("stranger") << u"10.0.0.0/8"_s << spoofed << "127.0.0.1 127.0.0.1 plain"_ba;
    QTest::newRow("proxy: the last hop counts") << u"127.0.0.0/8"_s << spoofed << "9.9.9.9 127.0.0.1 secure"_ba;
    QTest::newRow("two fields are one list") << u"127.0.0.0/8"_s
                                             << QByteArrayList {"X-Forwarded-For: 6.6.6.6"_ba, "X-Forwarded-For: 127.0.0.9"_ba}
                                             << "6.6.6.6 127.0.0.1 plain"_ba;
    QTest::newRow("rubbish ends the walk") << u"127.0.0.0/8"_s << QByteArrayList {"X-Forwarded-For: 6.6.6.6, unknown, 127.0.0.9"_ba}
                                           << "127.0.0.9 127.0.0.1 plain"_ba;
    QTest::newRow("IPv6") << u"127.0.0.0/8"_s << QByteArrayList {"X-Forwarded-For: 2001:db8::1"_ba} << "2001:db8::1 127.0.0.1 plain"_ba;
}

void TestGate::forwardedFor_isBelievedFromProxiesOnly()
{
    QFETCH(QString, trusted);
    QFETCH(QByteArrayList, headers);
    QFETCH(QByteArray, seen);
    ListenerLimits limits;
    limits.threads = 1;
    limits.trustedProxies = {QHostAddress::parseSubnet(trusted)};
    const Server server(limits);
    RawHttp client(server.listener.port());
    const auto answer = client.ask(RawHttp::request("GET", "/show", headers));
    QCOMPARE(answer.value_or(RawAnswer()).body, "GET /show? " + seen + " 0 ");
}

void TestGate::proxyThatHidesItsClients_isToldOnce()
{
    const LogCapture log;
    ListenerLimits limits;
    limits.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.0/8"_s)};
    const Server server(limits);
    RawHttp client(server.listener.port());
    QVERIFY(client.ask(RawHttp::request("GET", "/hello")));
    QVERIFY(client.ask(RawHttp::request("POST", "/hello", {"X-Forwarded-For: 203.0.113.7:443"_ba})));
    QVERIFY(!log.text().contains("proxy_hides_clients"));
    QVERIFY(client.ask(RawHttp::request("POST", "/hello")));
    QCOMPARE(log.text().count("proxy_hides_clients"), 1);
    for (int i = 0; i < 3; ++i)
        QVERIFY(client.ask(RawHttp::request("GET", "/hello", {"X-Forwarded-For: 203.0.113.7, unknown"_ba})));
    QCOMPARE(log.text().count("proxy_hides_clients"), 2); // another kind, once
    QVERIFY(log.text().contains("127.0.0.1") && log.text().contains("unknown"));
}

void TestGate::proxyHeader_thatHidesItsClient_isTold_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("told");
    const QByteArray binary = "\r\n\r\n" + QByteArray(1, '\0') + "\r\nQUIT\n";
    QTest::newRow("an address") << "PROXY TCP4 203.0.113.7 127.0.0.1 51234 80\r\n"_ba << false;
    QTest::newRow("unknown") << "PROXY UNKNOWN\r\n"_ba << true;
    QTest::newRow("no address in the binary form") << binary + QByteArray::fromHex("21000000") << true;
    QTest::newRow("a health check of its own") << binary + QByteArray::fromHex("20000000") << false;
    QTest::newRow("none at all") << ""_ba << true;
}

void TestGate::proxyHeader_thatHidesItsClient_isTold()
{
    QFETCH(QByteArray, header);
    const LogCapture log;
    ListenerLimits limits;
    limits.proxyProtocol = true;
    limits.trustedProxies = {QHostAddress::parseSubnet(u"127.0.0.0/8"_s)};
    const Server server(limits);
    RawHttp client(server.listener.port());
    QCOMPARE(client.ask(header + RawHttp::request("GET", "/hello")).has_value(), !header.isEmpty());
    QTEST(log.text().contains("proxy_hides_clients"), "told");
}

void TestGate::gateFields_cannotBeForged()
{
    const Server server;
    RawHttp client(server.listener.port());
    const auto answer = client.ask(RawHttp::request("GET", "/show", {"X-Gate-Client: 6.6.6.6"_ba, "x-gate-secure: 1"_ba, "X-Test: a"_ba}));
    QCOMPARE(answer.value_or(RawAnswer()).body, "GET /show? 127.0.0.1 127.0.0.1 plain 0 a"_ba);
}

void TestGate::unreadAnswers_stopTheReading()
{
    const Server server;
    RawHttp client(server.listener.port());
    QVERIFY(client.send(RawHttp::request("GET", "/big").repeated(20)));
    RawHttp other(server.listener.port());
    for (int i = 0; i < 50; ++i) // the greedy one has had every chance by now
        QVERIFY(other.ask(RawHttp::request("GET", "/hello")));
    QVERIFY2(server.handler.handled() - 50 < 5, "requests are run although their answers are not taken");
    for (int i = 0; i < 20; ++i)
        QCOMPARE(client.read().value_or(RawAnswer()).body.size(), 4 << 20);
}

void TestGate::unreadAnswers_areBoundedTogether()
{
    ListenerLimits limits;
    limits.totalUnsentBytes = 1 << 20;
    const Server server(limits);
    RawHttp greedy(server.listener.port());
    QVERIFY(greedy.send(RawHttp::request("GET", "/huge")));
    QTRY_VERIFY(!server.counts.hasRoomForUnsent());
    RawHttp other(server.listener.port());
    QCOMPARE(other.ask(RawHttp::request("GET", "/hello")).value_or(RawAnswer()).status, 200);
    const auto refused = other.ask(RawHttp::request("GET", "/big"));
    QCOMPARE(refused.value_or(RawAnswer()).status, 503);
    QVERIFY(!refused->header("retry-after").isEmpty());
    QVERIFY(other.isClosedByServer());
    QCOMPARE(greedy.read().value_or(RawAnswer()).body.size(), 16 << 20);
    QCOMPARE(RawHttp(server.listener.port()).ask(RawHttp::request("GET", "/big")).value_or(RawAnswer()).status, 200);
}

void TestGate::unreadAnswers_areNotWaitedForForEver()
{
    ListenerLimits limits = impatient();
    limits.idle = std::chrono::seconds(20);
    limits.unsentBytes = 64 << 20; // it may go on asking all the same
    const Server server(limits);
    RawHttp client(server.listener.port());
    QVERIFY(client.send(RawHttp::request("GET", "/huge")));
    QTRY_COMPARE(server.handler.handled(), 1);
    while (server.counts.connections() > 0) // each request would put an idle connection's end off
        (void)client.send(RawHttp::request("GET", "/hello"));
    QVERIFY(server.counts.timedOut() > 0);
}

void TestGate::limits_reachStandingConnections()
{
    Server server;
    RawHttp client(server.listener.port());
    const QByteArray request = RawHttp::request("GET", "/hello", {"X-Long: " + QByteArray(4000, 'x')});
    QCOMPARE(client.ask(request).value_or(RawAnswer()).status, 200);
    server.limits.framing.head = 2000;
    QVERIFY(server.listener.reconfigure(localSockets(), server.config()));
    QCOMPARE(client.ask(request).value_or(RawAnswer()).status, 431);
}

void TestGate::connection_endsAfterItsShare()
{
    ListenerLimits limits;
    limits.requestsPerConnection = 2;
    const Server server(limits);
    RawHttp client(server.listener.port());
    QVERIFY(client.send(RawHttp::request("GET", "/hello").repeated(3)));
    QVERIFY(client.read().value_or(RawAnswer()).header("connection").isEmpty());
    QCOMPARE(client.read().value_or(RawAnswer()).header("connection"), "close"_ba);
    QVERIFY(client.isClosedByServer());
}

QTEST_GUILESS_MAIN(TestGate)
#include "TestGate.moc"
