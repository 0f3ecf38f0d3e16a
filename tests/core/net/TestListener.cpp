#include "tests/support/EchoServer.h"
#include "tests/support/RawHttp.h"

#include <QTest>

#include <array>
#include <random>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;

/// Starting, stopping, sharing out: the listener under load and at its ends.
class TestListener : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void portInUse_isSaidInWords();
    void foreignAddress_isSaidInWords();
    void secondListen_isRefused();
    void startsAndStopsAgain();
    void threads_getEqualShares();
    void pause_leavesConnectionsWaiting();
    void stop_takesTheBacklog();
    void stop_waitsForRunningRequests();
    void stop_closesIdleConnections();
    void stop_dropsWhatIsOwedAtTheDeadline();
    void restartUnderLoad_losesNoRequest();
    void disconnectStorm_isSurvived();

private:
    static ListenerLimits brisk();
    static int statusOf(RawHttp &client, QByteArrayView path);
};

ListenerLimits TestListener::brisk()
{
    ListenerLimits limits;
    limits.drainIdle = limits.linger = Milliseconds(100);
    limits.tick = Milliseconds(20);
    return limits;
}

int TestListener::statusOf(RawHttp &client, QByteArrayView path)
{
    return client.ask(RawHttp::request("GET", path)).value_or(RawAnswer()).status;
}

void TestListener::portInUse_isSaidInWords()
{
    EchoServer first(brisk());
    EchoServer second(brisk());
    QCOMPARE(first.listen(), QString());
    const auto refusal = second.listener.listen(localSockets(first.port()), second.config());
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::AddressTaken);
    QCOMPARE(refusal.error().detail,
             u"cannot listen on 127.0.0.1:%1: another program uses this port: stop it, or choose another port with http.listen"_s.arg(
                 first.port()));
    QVERIFY(!second.listener.isListening());
    QCOMPARE(second.listen(), QString());
    RawHttp client(second.port());
    QCOMPARE(statusOf(client, "/hello"), 200);
}

void TestListener::foreignAddress_isSaidInWords()
{
    EchoServer server(brisk());
    const ListenConfig listenConfig {.points = {{.place = {.address = QHostAddress(u"203.0.113.1"_s), .port = 8000}}}};
    QCOMPARE(server.listen(listenConfig),
             u"cannot listen on 203.0.113.1:8000: this machine has no such address: choose one of its own with http.listen"_s);
}

void TestListener::secondListen_isRefused()
{
    EchoServer server(brisk());
    QCOMPARE(server.listen(), QString());
    QCOMPARE(server.listen(), u"the server already listens"_s);
    QVERIFY(server.listener.isListening());
}

void TestListener::startsAndStopsAgain()
{
    EchoServer server(brisk());
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(server.listen(), QString());
        const quint16 port = server.port();
        RawHttp client(port);
        QCOMPARE(statusOf(client, "/later"), 200);
        client.close();
        server.listener.stop(Milliseconds(10'000));
        QVERIFY(!server.listener.isListening());
        QCOMPARE(server.port(), 0);
        QVERIFY(!RawHttp(port).isConnected());
    }
    server.listener.stop(Milliseconds(0));
    QCOMPARE(server.counts.connections(), 0);
}

void TestListener::threads_getEqualShares()
{
    EchoServer server(brisk());
    QCOMPARE(server.listen(), QString());
    std::deque<RawHttp> clients;
    for (int i = 0; i < 20; ++i)
        QCOMPARE(statusOf(clients.emplace_back(server.port()), "/hello"), 200);
    QCOMPARE(server.listener.load(), (std::vector<int> {10, 10}));
}

void TestListener::pause_leavesConnectionsWaiting()
{
    EchoServer server(brisk());
    QCOMPARE(server.listen(), QString());
    RawHttp early(server.port());
    QCOMPARE(statusOf(early, "/hello"), 200);
    server.listener.setAccepting(false);
    RawHttp late(server.port());
    QVERIFY(late.send(RawHttp::request("GET", "/hello")));
    QCOMPARE(statusOf(early, "/hello"), 200);
    QCOMPARE(server.counts.connections(), 1);
    server.listener.setAccepting(true);
    QCOMPARE(late.read().value_or(RawAnswer()).status, 200);
}

void TestListener::stop_takesTheBacklog()
{
    EchoServer server(brisk());
    QCOMPARE(server.listen(), QString());
    server.listener.setAccepting(false);
    std::deque<RawHttp> clients;
    for (int i = 0; i < 50; ++i)
        QVERIFY(clients.emplace_back(server.port()).send(RawHttp::request("GET", "/later")));
    server.listener.stop(Milliseconds(20'000));
    for (RawHttp &client : clients) {
        QCOMPARE(client.read().value_or(RawAnswer()).status, 200);
        QVERIFY(client.isClosedByServer());
    }
}

void TestListener::stop_waitsForRunningRequests()
{
    EchoServer server(brisk());
    QCOMPARE(server.listen(), QString());
    const quint16 port = server.port();
    RawHttp client(port);
    QVERIFY(client.send(RawHttp::request("GET", "/keep")));
    std::vector<PendingAnswer> kept;
    while ((kept = server.handler.takeKept()).empty())
        std::this_thread::yield();
    std::jthread stopping([&server] { server.listener.stop(Milliseconds(20'000)); });
    QTRY_VERIFY(!RawHttp(port).isConnected());
    kept.front().answer({.body = "at last"_ba});
    QCOMPARE(client.read().value_or(RawAnswer()).body, "at last"_ba);
    QVERIFY(client.isClosedByServer());
}

void TestListener::stop_closesIdleConnections()
{
    EchoServer server(brisk());
    QCOMPARE(server.listen(), QString());
    RawHttp silent(server.port());
    RawHttp idle(server.port());
    QCOMPARE(statusOf(idle, "/hello"), 200);
    server.listener.stop(Milliseconds(60'000));
    QVERIFY(silent.isClosedByServer());
    QVERIFY(idle.isClosedByServer());
    QCOMPARE(server.counts.connections(), 0);
}

void TestListener::stop_dropsWhatIsOwedAtTheDeadline()
{
    EchoServer server(brisk());
    QCOMPARE(server.listen(), QString());
    std::deque<RawHttp> clients;
    for (int i = 0; i < 20; ++i)
        QVERIFY(clients.emplace_back(server.port()).send(RawHttp::request("GET", "/keep") + RawHttp::request("GET", "/hello")));
    QTRY_COMPARE(server.handler.handled(), 20);
    std::vector<PendingAnswer> kept = server.handler.takeKept();
    server.listener.stop(Milliseconds(0));
    for (std::size_t i = 0; i < kept.size() / 2; ++i)
        kept[i].answer({});
    kept.clear(); // the other half dies unanswered
    for (RawHttp &client : clients)
        QVERIFY(client.readToEnd().isEmpty());
    QCOMPARE(server.handler.handled(), 20);
    QCOMPARE(server.listen(), QString());
    RawHttp again(server.port());
    QCOMPARE(statusOf(again, "/hello"), 200);
}

void TestListener::restartUnderLoad_losesNoRequest()
{
    ListenerLimits limits = brisk();
    limits.drainIdle = Milliseconds(20'000); // a client that the system keeps waiting is not a lost one
    EchoServer server(limits);
    QCOMPARE(server.listen(), QString());
    std::atomic<bool> enough = false;
    std::atomic<int> answered = 0;
    std::atomic<int> lost = 0;
    const auto load = [&] {
        while (!enough) {
            RawHttp client(server.port());
            for (bool goesOn = client.isConnected(); goesOn && !enough;) {
                const auto answer = client.ask(RawHttp::request("POST", answered % 3 ? "/echo" : "/later", {}, "x"));
                ++(answer && answer->body == "x" ? answered : lost);
                goesOn = answer && answer->header("connection").isEmpty();
            }
        }
    };
    std::vector<std::jthread> clients;
    for (int i = 0; i < 4; ++i)
        clients.emplace_back(load);
    for (int i = 1; i <= 8; ++i) {
        QTRY_VERIFY(answered > i * 100);
        server.listener.stop(Milliseconds(20'000));
        QCOMPARE(server.listen(), QString());
    }
    enough = true;
    clients.clear();
    QCOMPARE(lost.load(), 0);
}

void TestListener::disconnectStorm_isSurvived()
{
    ListenerLimits limits = brisk();
    limits.connectionsPerAddress = 0; // the system's queue may hold more than one address is allowed
    EchoServer server(limits);
    QCOMPARE(server.listen(), QString());
    const quint16 port = server.port();
    const auto leaveAtBadMoments = [port](unsigned seed) {
        std::mt19937 random(seed);
        const std::array<QByteArray, 4> mix {RawHttp::request("GET", "/hello"), RawHttp::request("POST", "/later", {}, "abc"),
                                             RawHttp::request("GET", "/drop-later"), RawHttp::request("HEAD", "/hello")};
        for (int burst = 0; burst < 250; ++burst) {
            RawHttp client(port, std::chrono::milliseconds(random() % 3));
            QByteArray bytes;
            for (unsigned i = 0; i <= random() % 5; ++i)
                bytes += mix.at(random() % mix.size());
            client.send(random() % 5 ? bytes : bytes.first(qsizetype(random()) % bytes.size()));
            if (random() % 2)
                client.read();
            random() % 2 ? client.reset() : client.close();
        }
    };
    std::vector<std::jthread> clients;
    for (unsigned seed = 0; seed < 4; ++seed)
        clients.emplace_back(leaveAtBadMoments, seed);
    clients.clear();
    QTRY_COMPARE(server.counts.connections(), 0);
    RawHttp honest(port);
    QCOMPARE(statusOf(honest, "/later"), 200);
}

QTEST_GUILESS_MAIN(TestListener)
#include "TestListener.moc"
