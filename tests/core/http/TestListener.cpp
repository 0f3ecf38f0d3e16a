#include "core/http/Listener.h"
#include "tests/support/EchoHandler.h"
#include "tests/support/RawHttp.h"

#include <QTest>

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
    static QString listen(Listener &listener, quint16 port = 0);
    static int statusOf(RawHttp &client, QByteArrayView path);
};

ListenerLimits TestListener::brisk()
{
    ListenerLimits limits;
    limits.drainIdle = limits.linger = Milliseconds(100);
    limits.tick = Milliseconds(20);
    return limits;
}

/// Why it does not listen; empty when it does.
QString TestListener::listen(Listener &listener, quint16 port)
{
    const auto listening = listener.listen(QHostAddress::LocalHost, port);
    return listening ? QString() : listening.error().detail;
}

int TestListener::statusOf(RawHttp &client, QByteArrayView path)
{
    return client.ask(RawHttp::request("GET", path)).value_or(RawAnswer()).status;
}

void TestListener::portInUse_isSaidInWords()
{
    EchoHandler handler;
    Listener first(handler, brisk());
    Listener second(handler, brisk());
    QCOMPARE(listen(first), QString());
    const auto refusal = second.listen(QHostAddress::LocalHost, first.port());
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::Conflict);
    QCOMPARE(refusal.error().detail, u"cannot listen on 127.0.0.1:%1: another program uses this port"_s.arg(first.port()));
    QVERIFY(!second.isListening());
    QCOMPARE(listen(second), QString());
    RawHttp client(second.port());
    QCOMPARE(statusOf(client, "/hello"), 200);
}

void TestListener::foreignAddress_isSaidInWords()
{
    EchoHandler handler;
    Listener listener(handler, brisk());
    const auto refusal = listener.listen(QHostAddress(u"203.0.113.1"_s), 8000);
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().detail, u"cannot listen on 203.0.113.1:8000: this machine has no such address"_s);
}

void TestListener::secondListen_isRefused()
{
    EchoHandler handler;
    Listener listener(handler, brisk());
    QCOMPARE(listen(listener), QString());
    QCOMPARE(listen(listener), u"the server already listens"_s);
    QVERIFY(listener.isListening());
}

void TestListener::startsAndStopsAgain()
{
    EchoHandler handler;
    Listener listener(handler, brisk());
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(listen(listener), QString());
        const quint16 port = listener.port();
        RawHttp client(port);
        QCOMPARE(statusOf(client, "/later"), 200);
        client.close();
        listener.stop(Milliseconds(10'000));
        QVERIFY(!listener.isListening());
        QCOMPARE(listener.port(), 0);
        QVERIFY(!RawHttp(port).isConnected());
    }
    listener.stop(Milliseconds(0));
    QCOMPARE(listener.census().connections(), 0);
}

void TestListener::threads_getEqualShares()
{
    EchoHandler handler;
    Listener listener(handler, brisk());
    QCOMPARE(listen(listener), QString());
    std::deque<RawHttp> clients;
    for (int i = 0; i < 20; ++i)
        QCOMPARE(statusOf(clients.emplace_back(listener.port()), "/hello"), 200);
    QCOMPARE(listener.load(), (std::vector<int> {10, 10}));
}

void TestListener::pause_leavesConnectionsWaiting()
{
    EchoHandler handler;
    Listener listener(handler, brisk());
    QCOMPARE(listen(listener), QString());
    RawHttp early(listener.port());
    QCOMPARE(statusOf(early, "/hello"), 200);
    listener.pauseAccepting();
    RawHttp late(listener.port());
    QVERIFY(late.send(RawHttp::request("GET", "/hello")));
    QCOMPARE(statusOf(early, "/hello"), 200);
    QCOMPARE(listener.census().connections(), 1);
    listener.resumeAccepting();
    QCOMPARE(late.read().value_or(RawAnswer()).status, 200);
}

void TestListener::stop_takesTheBacklog()
{
    EchoHandler handler;
    Listener listener(handler, brisk());
    QCOMPARE(listen(listener), QString());
    listener.pauseAccepting();
    std::deque<RawHttp> clients;
    for (int i = 0; i < 50; ++i)
        QVERIFY(clients.emplace_back(listener.port()).send(RawHttp::request("GET", "/later")));
    listener.stop(Milliseconds(20'000));
    for (RawHttp &client : clients) {
        QCOMPARE(client.read().value_or(RawAnswer()).status, 200);
        QVERIFY(client.isClosedByServer());
    }
}

void TestListener::stop_waitsForRunningRequests()
{
    EchoHandler handler;
    Listener listener(handler, brisk());
    QCOMPARE(listen(listener), QString());
    const quint16 port = listener.port();
    RawHttp client(port);
    QVERIFY(client.send(RawHttp::request("GET", "/keep")));
    std::vector<Ticket> kept;
    while ((kept = handler.takeKept()).empty())
        std::this_thread::yield();
    std::jthread stopping([&listener] { listener.stop(Milliseconds(20'000)); });
    QTRY_VERIFY(!RawHttp(port).isConnected());
    kept.front().answer({.body = "at last"_ba});
    QCOMPARE(client.read().value_or(RawAnswer()).body, "at last"_ba);
    QVERIFY(client.isClosedByServer());
}

void TestListener::stop_closesIdleConnections()
{
    EchoHandler handler;
    Listener listener(handler, brisk());
    QCOMPARE(listen(listener), QString());
    RawHttp silent(listener.port());
    RawHttp idle(listener.port());
    QCOMPARE(statusOf(idle, "/hello"), 200);
    listener.stop(Milliseconds(60'000));
    QVERIFY(silent.isClosedByServer());
    QVERIFY(idle.isClosedByServer());
    QCOMPARE(listener.census().connections(), 0);
}

void TestListener::stop_dropsWhatIsOwedAtTheDeadline()
{
    EchoHandler handler;
    Listener listener(handler, brisk());
    QCOMPARE(listen(listener), QString());
    std::deque<RawHttp> clients;
    for (int i = 0; i < 20; ++i)
        QVERIFY(clients.emplace_back(listener.port()).send(RawHttp::request("GET", "/keep") + RawHttp::request("GET", "/hello")));
    QTRY_COMPARE(handler.handled(), 20);
    std::vector<Ticket> kept = handler.takeKept();
    listener.stop(Milliseconds(0));
    for (std::size_t i = 0; i < kept.size() / 2; ++i)
        kept[i].answer({});
    kept.clear();                          // the other half dies unanswered
    for (RawHttp &client : clients)
        QVERIFY(client.readToEnd().isEmpty());
    QCOMPARE(handler.handled(), 20);
    QCOMPARE(listen(listener), QString());
    RawHttp again(listener.port());
    QCOMPARE(statusOf(again, "/hello"), 200);
}

void TestListener::restartUnderLoad_losesNoRequest()
{
    EchoHandler handler;
    ListenerLimits limits = brisk();
    limits.drainIdle = Milliseconds(20'000);       // a client that the system keeps waiting is not a lost one
    Listener listener(handler, limits);
    QCOMPARE(listen(listener), QString());
    std::atomic<bool> enough = false;
    std::atomic<int> answered = 0;
    std::atomic<int> lost = 0;
    const auto load = [&] {
        while (!enough) {
            RawHttp client(listener.port());
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
        listener.stop(Milliseconds(20'000));
        QCOMPARE(listen(listener), QString());
    }
    enough = true;
    clients.clear();
    QCOMPARE(lost.load(), 0);
}

void TestListener::disconnectStorm_isSurvived()
{
    EchoHandler handler;
    Listener listener(handler, brisk());
    QCOMPARE(listen(listener), QString());
    const quint16 port = listener.port();
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
    QTRY_COMPARE(listener.census().connections(), 0);
    RawHttp honest(port);
    QCOMPARE(statusOf(honest, "/later"), 200);
}

QTEST_GUILESS_MAIN(TestListener)
#include "TestListener.moc"
