#include "tests/support/EchoServer.h"
#include "tests/support/RawHttp.h"

#include <QTemporaryDir>
#include <QTest>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;

/// A listener whose sockets and rules change while it serves.
class TestReload : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connections_liveOn();
    void newLimits_countForWhoIsConnected();
    void handler_isReplaced();
    void listeningSockets_openAndClose();
    void refusedDoor_changesNothing();
    void portOnAnotherAddress_needsARestart();
    void threads_growAndShrink();
    void hundredReloads_loseNothing();

private:
    static int statusOf(RawHttp &client, QByteArrayView path = "/hello")
    {
        return client.ask(RawHttp::request("GET", path)).value_or(RawAnswer()).status;
    }
    static QString reconfigure(EchoServer &server, const ListenConfig &listenConfig);
    static ListenConfig plus(ListenConfig listenConfig, const QString &point);
};

/// Why it was refused; empty when it was not.
QString TestReload::reconfigure(EchoServer &server, const ListenConfig &listenConfig)
{
    const auto adapted = server.listener.reconfigure(listenConfig, server.config());
    return adapted ? QString() : adapted.error().detail;
}

ListenConfig TestReload::plus(ListenConfig listenConfig, const QString &point)
{
    listenConfig.points += *parseListenPoint(point);
    return listenConfig;
}

void TestReload::connections_liveOn()
{
    EchoServer server;
    QCOMPARE(server.listen(), QString());
    RawHttp client(server.port());
    QCOMPARE(statusOf(client), 200);
    const quint16 port = server.port();
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(reconfigure(server, localSockets()), QString());
        QCOMPARE(statusOf(client), 200);
    }
    QCOMPARE(server.port(), port);
    QCOMPARE(server.counts.connections(), 1);
}

void TestReload::newLimits_countForWhoIsConnected()
{
    EchoServer server;
    QCOMPARE(server.listen(), QString());
    RawHttp client(server.port());
    QCOMPARE(client.ask(RawHttp::request("POST", "/echo", {}, "12345678")).value_or(RawAnswer()).status, 200);
    server.limits.framing.body = 4;
    server.limits.connections = 1;
    QCOMPARE(reconfigure(server, localSockets()), QString());
    RawHttp second(server.port());
    QVERIFY(second.isClosedByServer());
    QCOMPARE(client.ask(RawHttp::request("POST", "/echo", {}, "12345678")).value_or(RawAnswer()).status, 413);
}

void TestReload::handler_isReplaced()
{
    EchoServer server;
    QCOMPARE(server.listen(), QString());
    RawHttp client(server.port());
    QCOMPARE(statusOf(client), 200);
    auto next = std::make_shared<EchoHandler>();
    QVERIFY(server.listener.reconfigure(localSockets(), std::make_shared<ServeConfig>(server.limits, next)));
    QCOMPARE(statusOf(client), 200);
    QCOMPARE(server.handler.handled(), 1);
    QCOMPARE(next->handled(), 1);
    const std::weak_ptr<EchoHandler> last = next;
    next.reset();
    QCOMPARE(reconfigure(server, localSockets()), QString());
    QCOMPARE(statusOf(client), 200);
    QTRY_VERIFY(last.expired()); // nobody needs it any more
}

void TestReload::listeningSockets_openAndClose()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"warder.sock"_s);
    EchoServer server;
    QCOMPARE(server.listen(), QString());
    RawHttp client(server.port());
    QCOMPARE(statusOf(client), 200);
    QCOMPARE(reconfigure(server, plus(plus(localSockets(), u"[::1]:0"_s), u"unix:"_s + path)), QString());
    const auto places = server.listener.places();
    QCOMPARE(places.size(), 3);
    QCOMPARE(places[0].place.port, server.port());
    QVERIFY(places[1].place.port != 0);
    QVERIFY(QFile::exists(path));
    RawHttp local(path);
    QCOMPARE(statusOf(local), 200);
    QCOMPARE(reconfigure(server, localSockets()), QString());
    QVERIFY(!QFile::exists(path));
    QCOMPARE(server.listener.places().size(), 1);
    QCOMPARE(statusOf(local), 200); // who came in by a socket that is closed now is still served
    QCOMPARE(statusOf(client), 200);
}

void TestReload::refusedDoor_changesNothing()
{
    EchoServer other;
    QCOMPARE(other.listen(), QString());
    EchoServer server;
    QCOMPARE(server.listen(), QString());
    const auto places = server.listener.places();
    server.limits.framing.body = 4;
    const ListenConfig listenConfig {.points = {*parseListenPoint(u"[::1]:0"_s), *parseListenPoint(u"127.0.0.1:%1"_s.arg(other.port()))}};
    QCOMPARE(reconfigure(server, listenConfig),
             u"cannot listen on 127.0.0.1:%1: another program uses this port: stop it, or choose another port with http.listen"_s.arg(
                 other.port()));
    QCOMPARE(server.listener.places(), places);
    RawHttp client(server.port());
    QCOMPARE(client.ask(RawHttp::request("POST", "/echo", {}, "12345678")).value_or(RawAnswer()).status, 200);
}

void TestReload::portOnAnotherAddress_needsARestart()
{
    EchoServer finder;
    QCOMPARE(finder.listen(), QString());
    const quint16 port = finder.port();
    finder.listener.stop(Milliseconds(0));
    EchoServer server;
    QCOMPARE(server.listen(localSockets(port)), QString());
    QCOMPARE(reconfigure(server, {.points = {*parseListenPoint(u"0.0.0.0:%1"_s.arg(port))}}),
             u"cannot listen on 0.0.0.0:%1 while 127.0.0.1:%1 is open: this change needs a restart"_s.arg(port));
    RawHttp client(port);
    QCOMPARE(statusOf(client), 200);
}

void TestReload::threads_growAndShrink()
{
    ListenerLimits limits;
    limits.threads = 1;
    EchoServer server(limits);
    QCOMPARE(server.listen(), QString());
    RawHttp first(server.port());
    QCOMPARE(statusOf(first), 200);
    server.limits.threads = 3;
    QCOMPARE(reconfigure(server, localSockets()), QString());
    std::deque<RawHttp> more;
    for (int i = 0; i < 5; ++i)
        QCOMPARE(statusOf(more.emplace_back(server.port())), 200);
    QCOMPARE(server.listener.load(), (std::vector<int> {2, 2, 2}));
    server.limits.threads = 1;
    QCOMPARE(reconfigure(server, localSockets()), QString());
    QCOMPARE(server.listener.load(), std::vector<int> {2});
    int closing = 0;
    for (RawHttp &client : more) {
        const auto answer = client.ask(RawHttp::request("GET", "/hello"));
        QVERIFY(answer && answer->status == 200);
        closing += answer->header("connection") == "close" ? 1 : 0;
    }
    QCOMPARE(closing, 4); // those of the threads that went
    QCOMPARE(statusOf(first), 200);
}

void TestReload::hundredReloads_loseNothing()
{
    EchoServer server;
    QCOMPARE(server.listen(), QString());
    const quint16 port = server.port();
    std::atomic<bool> enough = false;
    std::atomic<int> answered = 0;
    std::atomic<int> lost = 0;
    const auto load = [&](bool keepAlive) {
        while (!enough) {
            RawHttp client(port);
            for (bool goesOn = true; goesOn && !enough;) {
                const auto answer = client.ask(RawHttp::request("POST", answered % 3 ? "/echo" : "/later", {}, "x"));
                ++(answer && answer->body == "x" ? answered : lost);
                goesOn = keepAlive && answer && answer->header("connection").isEmpty();
            }
        }
    };
    std::vector<std::jthread> clients;
    for (int i = 0; i < 4; ++i)
        clients.emplace_back(load, i % 2 == 0);
    const QTemporaryDir folder;
    for (int i = 1; i <= 100; ++i) {
        server.limits.threads = 1 + i % 3;
        server.limits.connections = 4'000 + i;
        QCOMPARE(reconfigure(server, i % 2 ? localSockets() : plus(localSockets(), u"unix:"_s + folder.filePath(u"w"_s))), QString());
        const int before = answered;
        QTRY_VERIFY(answered > before + 8);
    }
    enough = true;
    clients.clear();
    QCOMPARE(lost.load(), 0);
}

QTEST_GUILESS_MAIN(TestReload)
#include "TestReload.moc"
