#include "core/net/gate/ProxyComplaint.h"
#include "tests/support/EchoServer.h"
#include "tests/support/LogCapture.h"
#include "tests/support/RawHttp.h"

#include <QFileInfo>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include <grp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;

namespace {

/// The name of a group that a file of ours can be given to; root may give to any.
std::optional<QString> anotherGroupOfOurs()
{
    std::vector<gid_t> groups(size_t(std::max(::getgroups(0, nullptr), 0)));
    groups.resize(size_t(std::max(::getgroups(int(groups.size()), groups.data()), 0)));
    if (::geteuid() == 0)
        groups.push_back(1);
    for (const gid_t each : groups) {
        if (const auto *known = ::getgrgid(each); known && each != ::getegid())
            return QString::fromLocal8Bit(known->gr_name);
    }
    return std::nullopt;
}

} // namespace

/// Unix domain sockets, inherited sockets, several addresses: where connections come in.
class TestListeningSockets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void severalAddresses_areServed();
    void unixSocket_servesAndGoes();
    void unixSocket_isOnlyForThoseMeant();
    void staleSocket_isReplaced();
    void livingSocket_isRefused();
    void otherFile_isLeftAlone();
    void unixRefusals_areSaidInWords_data();
    void unixRefusals_areSaidInWords();
    void anothersSocket_isNotRemoved();
    void removedSocket_isMadeAnew();
    void unixGroup_isGivenAndTakenBack();
    void unixPeer_isBelievedAboutTheClient();
    void unixPeer_thatHidesItsClients_isNamedAsSuch();
    void strangersWord_isNotBelieved();
    void inheritedSocket_outlivesTheListener();
    void abstractSocket_servesStrangers();
    void noSocket_isRefused();

private:
    QString path(const QString &name = u"warder.sock"_s) const { return m_folder.filePath(name); }
    ListenConfig unixSockets(const QString &at) const { return {.points = {{.path = at}}}; }
    static QByteArray shown(RawHttp &client, const QByteArrayList &headers = {});

    QTemporaryDir m_folder;
};

QByteArray TestListeningSockets::shown(RawHttp &client, const QByteArrayList &headers)
{
    return client.ask(RawHttp::request("GET", "/show", headers)).value_or(RawAnswer()).body;
}

void TestListeningSockets::severalAddresses_areServed()
{
    EchoServer server;
    QCOMPARE(server.listen({.points = {*parseListenPoint(u"127.0.0.1:0"_s),
                                       *parseListenPoint(u"127.0.0.1:0"_s),
                                       *parseListenPoint(u"[::1]:0"_s),
                                       {.path = path()}}}),
             QString());
    QCOMPARE(server.listener.places().size(), 3); // the same twice is once
    RawHttp tcp(server.port());
    QVERIFY(shown(tcp).contains("127.0.0.1"));
    RawHttp local(path());
    QVERIFY(shown(local).contains("127.0.0.1"));
}

void TestListeningSockets::unixSocket_servesAndGoes()
{
    EchoServer server;
    QCOMPARE(server.listen(unixSockets(path())), QString());
    QCOMPARE(server.port(), 0);
    QVERIFY(server.listener.isListening());
    RawHttp client(path());
    for (int i = 0; i < 3; ++i)
        QCOMPARE(client.ask(RawHttp::request("POST", "/later", {}, "abc")).value_or(RawAnswer()).body, "abc"_ba);
    client.shutdownSending();
    QVERIFY(client.isClosedByServer());
    server.listener.stop(Milliseconds(10'000));
    QVERIFY(!QFile::exists(path()));
}

void TestListeningSockets::unixSocket_isOnlyForThoseMeant()
{
    EchoServer server;
    ListenConfig listenConfig = unixSockets(path());
    listenConfig.unixMode = 0600;
    QCOMPARE(server.listen(listenConfig), QString());
    struct stat found {};
    QCOMPARE(::stat(qPrintable(path()), &found), 0);
    QCOMPARE(int(found.st_mode & 0777), 0600);
    listenConfig.unixMode = 0666;
    QVERIFY(server.listener.reconfigure(listenConfig, server.config()));
    QCOMPARE(::stat(qPrintable(path()), &found), 0);
    QCOMPARE(int(found.st_mode & 0777), 0666);
}

void TestListeningSockets::staleSocket_isReplaced()
{
    const int dead = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, qPrintable(path()), sizeof address.sun_path);
    QCOMPARE(::bind(dead, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    ::close(dead);
    QVERIFY(QFile::exists(path()));
    EchoServer server;
    QCOMPARE(server.listen(unixSockets(path())), QString());
    RawHttp client(path());
    QVERIFY(shown(client).startsWith("GET /show"));
}

void TestListeningSockets::livingSocket_isRefused()
{
    EchoServer first;
    QCOMPARE(first.listen(unixSockets(path())), QString());
    EchoServer second;
    QCOMPARE(second.listen(unixSockets(path())),
             u"cannot listen on unix:%1: another program listens there: stop it, or choose another path with http.listen"_s.arg(path()));
    RawHttp client(path());
    QVERIFY(shown(client).startsWith("GET /show"));
}

void TestListeningSockets::otherFile_isLeftAlone()
{
    QFile file(path(u"letter"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("dear") == 4);
    file.close();
    EchoServer server;
    QCOMPARE(server.listen(unixSockets(file.fileName())),
             u"cannot listen on unix:%1: there is something that is no socket; remove it, or choose another path"_s.arg(file.fileName()));
    QCOMPARE(QFileInfo(file).size(), 4);
}

void TestListeningSockets::unixRefusals_areSaidInWords_data()
{
    QTest::addColumn<QString>("at");
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("why");
    QTest::newRow("no folder") << path(u"attic/w"_s) << QString()
                               << u"its folder does not exist: make it, or choose another path with http.listen"_s;
    QTest::newRow("no group") << path() << u"nobodies-friends"_s << u"there is no group nobodies-friends"_s;
}

void TestListeningSockets::unixRefusals_areSaidInWords()
{
    QFETCH(QString, at);
    QFETCH(QString, group);
    EchoServer server;
    ListenConfig listenConfig = unixSockets(at);
    listenConfig.unixGroup = group;
    QFETCH(QString, why);
    QCOMPARE(server.listen(listenConfig), u"cannot listen on unix:%1: %2"_s.arg(at, why));
    QVERIFY(!QFile::exists(at));
}

void TestListeningSockets::anothersSocket_isNotRemoved()
{
    EchoServer first;
    QCOMPARE(first.listen(unixSockets(path())), QString());
    QVERIFY(QFile::remove(path()));
    EchoServer second;
    QCOMPARE(second.listen(unixSockets(path())), QString());
    first.listener.stop(Milliseconds(10'000));
    RawHttp client(path());
    QVERIFY(shown(client).startsWith("GET /show"));
}

void TestListeningSockets::removedSocket_isMadeAnew()
{
    EchoServer server;
    QCOMPARE(server.listen(unixSockets(path())), QString());
    RawHttp first(path());
    QVERIFY(shown(first).startsWith("GET /show"));
    QVERIFY(QFile::remove(path()));
    for (int i = 0; i < 2; ++i) {
        QVERIFY(server.listener.reconfigure(unixSockets(path()), server.config()));
        RawHttp client(path());
        QVERIFY(shown(client).startsWith("GET /show"));
        QCOMPARE(server.listener.places().size(), 1);
    }
    QVERIFY(shown(first).startsWith("GET /show"));
    server.listener.stop(Milliseconds(10'000));
    QVERIFY(!QFile::exists(path()));
}

void TestListeningSockets::unixGroup_isGivenAndTakenBack()
{
    const auto group = anotherGroupOfOurs();
    if (!group)
        QSKIP("we are in no other group");
    EchoServer server;
    ListenConfig listenConfig = unixSockets(path());
    listenConfig.unixGroup = *group;
    QCOMPARE(server.listen(listenConfig), QString());
    QCOMPARE(QFileInfo(path()).group(), *group);
    RawHttp client(path());
    QVERIFY(shown(client).startsWith("GET /show"));
    listenConfig.unixGroup.clear();
    QVERIFY(server.listener.reconfigure(listenConfig, server.config()));
    QCOMPARE(QFileInfo(path()).groupId(), uint(::getegid()));
    listenConfig.unixGroup = *group;
    QVERIFY(server.listener.reconfigure(listenConfig, server.config()));
    QCOMPARE(QFileInfo(path()).group(), *group);
}

void TestListeningSockets::unixPeer_isBelievedAboutTheClient()
{
    EchoServer server;
    QCOMPARE(server.listen(unixSockets(path())), QString());
    RawHttp client(path());
    QVERIFY(
        shown(client, {"X-Forwarded-For: 198.51.100.7, 203.0.113.9", "X-Forwarded-Proto: https"}).contains("203.0.113.9 127.0.0.1 secure"));
}

void TestListeningSockets::unixPeer_thatHidesItsClients_isNamedAsSuch()
{
    const LogCapture log;
    EchoServer server;
    QCOMPARE(server.listen(unixSockets(path())), QString());
    RawHttp client(path());
    QVERIFY(client.ask(RawHttp::request("POST", "/hello")));
    QVERIFY2(log.text().contains("proxy_hides_clients proxy=\"unix socket\""), log.text());
    QVERIFY2(!log.text().contains("127.0.0.1"), log.text());
    QVERIFY(client.ask(RawHttp::request("POST", "/hello")));
    QCOMPARE(log.text().count("proxy_hides_clients"), 1);
    QVERIFY(server.counts.mayComplainOf({.address = QHostAddress(QHostAddress::LocalHost)}, int(HidesBy::NoField))); // who is another proxy
}

void TestListeningSockets::strangersWord_isNotBelieved()
{
    EchoServer server;
    QCOMPARE(server.listen(), QString());
    RawHttp client(server.port());
    QVERIFY(shown(client, {"X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https"}).contains("127.0.0.1 127.0.0.1 plain"));
}

void TestListeningSockets::inheritedSocket_outlivesTheListener()
{
    const int given = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    QVERIFY(::bind(given, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0 && ::listen(given, 16) == 0);
    for (int i = 0; i < 2; ++i) {
        EchoServer server;
        const ListenConfig listenConfig {.points = {*parseListenPoint(u"127.0.0.1:1"_s)}, .inherited = {given}};
        QCOMPARE(server.listen(listenConfig), QString());
        RawHttp client(server.port());
        QVERIFY(shown(client).startsWith("GET /show"));
        QVERIFY(server.listener.reconfigure(listenConfig, server.config()));
        QVERIFY(shown(client).startsWith("GET /show"));
        const quint16 port = server.port();
        server.listener.stop(Milliseconds(10'000));
        QVERIFY(RawHttp(port).isConnected()); // who calls now waits for the next server
    }
    ::close(given);
}

void TestListeningSockets::abstractSocket_servesStrangers()
{
    const QByteArray name = "warder-" + QByteArray::number(::getpid());
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    std::ranges::copy(name, address.sun_path + 1);
    const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + 1 + size_t(name.size()));
    const int given = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    QVERIFY(::bind(given, reinterpret_cast<sockaddr *>(&address), length) == 0 && ::listen(given, 16) == 0);
    EchoServer server;
    QCOMPARE(server.listen({.inherited = {given}}), QString());
    QCOMPARE(toText(server.listener.places().value(0)), u"unix:@"_s + QString::fromLatin1(name));
    QLocalSocket client;
    client.setSocketOptions(QLocalSocket::AbstractNamespaceOption);
    client.connectToServer(QString::fromLatin1(name));
    client.write(RawHttp::request("GET", "/show", {"X-Forwarded-For: 203.0.113.9"}));
    QByteArray received;
    while (!received.contains("plain") && client.waitForReadyRead(20'000))
        received += client.readAll();
    QVERIFY2(received.contains("127.0.0.1 127.0.0.1 plain"), received);
    ::close(given);
}

void TestListeningSockets::noSocket_isRefused()
{
    EchoServer server;
    QCOMPARE(server.listen({.inherited = {0}}), u"socket 0, which the service manager passed on, is no listening socket"_s);
    QVERIFY(!server.listener.isListening());
}

QTEST_GUILESS_MAIN(TestListeningSockets)
#include "TestListeningSockets.moc"
