#include "app/ServiceManager.h"
#include "app/cli/ExitCode.h"
#include "tests/app/WarderProcess.h"

#include <QRegularExpression>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// A descriptor that closes itself.
class Descriptor final
{
public:
    explicit Descriptor(int descriptor) : m_descriptor(descriptor) {}
    ~Descriptor() { ::close(m_descriptor); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    operator int() const { return m_descriptor; }

private:
    int m_descriptor;
};

sockaddr_un unixAddress(const QString &path)
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, qPrintable(path), sizeof address.sun_path);
    return address;
}

bool bindUnix(int socket, const QString &path)
{
    const sockaddr_un address = unixAddress(path);
    return ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
}

/// systemd's end of what a service says.
class Notifications final
{
public:
    explicit Notifications(const QString &path) : m_path(path), m_socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
        if (!bindUnix(m_socket, path))
            qFatal("cannot bind %s", qPrintable(path));
    }

    QString variable() const { return u"NOTIFY_SOCKET="_s + m_path; }

    /// The next message, as lines; empty when none comes in time.
    QStringList next(int milliseconds = patienceMs)
    {
        pollfd waiting {.fd = m_socket, .events = POLLIN, .revents = 0};
        if (::poll(&waiting, 1, milliseconds) <= 0)
            return {};
        std::array<char, 4096> bytes {};
        const auto count = ::recv(m_socket, bytes.data(), bytes.size(), 0);
        return QString::fromUtf8(bytes.data(), count).split(u'\n');
    }

    /// The first message with that line; those before it are dropped.
    QStringList nextWith(const QString &line)
    {
        QStringList message;
        do {
            message = next();
        } while (!message.isEmpty() && !message.contains(line));
        return message;
    }

private:
    QString m_path;
    Descriptor m_socket;
};

quint16 portIn(const QStringList &message)
{
    static const QRegularExpression place(u"^STATUS=Serves http://localhost:(\\d+)$"_s);
    return message.isEmpty() ? quint16(0) : place.match(message.last()).captured(1).toUShort();
}

int listeningTcp()
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    return ::listen(descriptor, 1) == 0 ? descriptor : -1;
}

quint16 portOf(int descriptor)
{
    sockaddr_in address {};
    socklen_t length = sizeof address;
    return ::getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &length) == 0 ? ntohs(address.sin_port) : 0;
}

/// What inheritedSockets() says in a process that systemd gave these, as descriptors 3, 4, …: their number, or the refusal.
QString inheritedBy(const QList<int> &descriptors, const QByteArray &names)
{
    std::array<int, 2> pipe {};
    if (::pipe(pipe.data()) != 0)
        return u"no pipe"_s;
    const pid_t child = ::fork();
    if (child == 0) {
        const int answerTo = ::fcntl(pipe[1], F_DUPFD, 64);
        QList<int> kept;
        for (const int each : descriptors)
            kept += ::fcntl(each, F_DUPFD, 64); // out of the way of 3, 4, …
        for (qsizetype i = 0; i < kept.size(); ++i)
            ::dup2(kept[i], 3 + int(i));
        qputenv("LISTEN_PID", QByteArray::number(::getpid()));
        qputenv("LISTEN_FDS", QByteArray::number(descriptors.size()));
        qputenv("LISTEN_FDNAMES", names);
        const auto sockets = ServiceManager::inheritedSockets();
        const QByteArray answer = sockets ? QByteArray::number(sockets->size()) : sockets.error().detail.toUtf8();
        const bool written = ::write(answerTo, answer.constData(), size_t(answer.size())) == answer.size();
        ::_exit(written ? 0 : 1);
    }
    ::close(pipe[1]);
    std::array<char, 512> answer {};
    const auto count = ::read(pipe[0], answer.data(), answer.size());
    ::close(pipe[0]);
    ::waitpid(child, nullptr, 0);
    return QString::fromUtf8(answer.data(), std::max(count, ssize_t(0)));
}

} // namespace

/// What systemd hears of a server, and what it may hand it.
class TestServiceManager : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();

    void ready_comesWhenItListens();
    void ready_neverComesFromARefusedStart();
    void signal_isAnsweredByStopping();
    void watchdog_getsSignsOfLife();
    void watchdog_getsNoneUnasked();
    void watchdog_staysSilentWhileThreadsAreStuck();
    void reload_isDatedAndEndsReady();
    void reload_ofAServerIsTold_data();
    void reload_ofAServerIsTold();
    void restore_isNoStop();
    void during_sendsSignsOfLife();
    void status_isOneLine();
    void withoutSystemd_wordsAreLost();
    void socket_isChecked_data();
    void socket_isChecked();
    void inherited_areAllOrNothing();
    void inherited_areServedAndOutliveTheServer();
    void inherited_nameTheIssuer();

private:
    WarderProcess &start(const QStringList &environment = {});

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Notifications> m_heard;
    std::unique_ptr<WarderProcess> m_server;
};

void TestServiceManager::initTestCase()
{
#ifndef WARDER_SYSTEMD
    QSKIP("built without libsystemd");
#endif
}

void TestServiceManager::init()
{
    m_server.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_heard = std::make_unique<Notifications>(m_folder->filePath(u"notify"_s));
    for (const char *name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID"})
        qunsetenv(name);
}

WarderProcess &TestServiceManager::start(const QStringList &environment)
{
    m_server = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s), QStringList {m_heard->variable()} + environment);
    if (!m_server->start())
        qWarning("%s", m_server->log().constData());
    return *m_server;
}

void TestServiceManager::ready_comesWhenItListens()
{
    start();
    const QStringList first = m_heard->next();
    QVERIFY2(first.contains(u"READY=1"_s), qPrintable(first.join(u' ')));
    const quint16 port = portIn(first);
    QVERIFY2(port != 0, qPrintable(first.join(u' ')));
    QVERIFY(RawHttp(port).isConnected());
    QCOMPARE(ApiClient(port).get("/health/ready").status(), 200);
    QCOMPARE(m_server->stop(), Done);
}

void TestServiceManager::ready_neverComesFromARefusedStart()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const auto answer =
        runWarderd({u"serve"_s, u"--data-dir"_s, m_folder->filePath(u"data"_s), u"--listen"_s, u"127.0.0.1:%1"_s.arg(other.serverPort())},
                   {.environment = {m_heard->variable()}});
    QCOMPARE(answer.code, CannotRun);
    QCOMPARE(m_heard->next(0), QStringList());
}

void TestServiceManager::signal_isAnsweredByStopping()
{
    WarderProcess &server = start();
    QVERIFY(m_heard->next().contains(u"READY=1"_s));
    server.signal(SIGTERM);
    QVERIFY(m_heard->next().contains(u"STOPPING=1"_s));
    QCOMPARE(server.waitForEnd(), Done);
    QCOMPARE(m_heard->next(0), QStringList());
}

void TestServiceManager::watchdog_getsSignsOfLife()
{
    WarderProcess &server = start({u"WATCHDOG_USEC=100000"_s});
    QVERIFY(m_heard->next().contains(u"READY=1"_s));
    for (int i = 0; i < 5; ++i)
        QCOMPARE(m_heard->next(), QStringList {u"WATCHDOG=1"_s});
    server.signal(SIGTERM);
    QVERIFY(!m_heard->nextWith(u"STOPPING=1"_s).isEmpty());
    QCOMPARE(server.waitForEnd(), Done);
}

void TestServiceManager::watchdog_getsNoneUnasked()
{
    qputenv("NOTIFY_SOCKET", m_heard->variable().section(u'=', 1).toLocal8Bit());
    int asked = 0;
    ServiceManager systemd;
    systemd.watch([&asked] { return ++asked > 0; });
    QTest::qWait(50);
    QCOMPARE(asked, 0);
    qputenv("WATCHDOG_USEC", "20000");
    qputenv("WATCHDOG_PID", "1"); // meant for another process
    systemd.watch([&asked] { return ++asked > 0; });
    QTest::qWait(50);
    QCOMPARE(asked, 0);
    QCOMPARE(m_heard->next(0), QStringList());
}

void TestServiceManager::watchdog_staysSilentWhileThreadsAreStuck()
{
    qputenv("NOTIFY_SOCKET", m_heard->variable().section(u'=', 1).toLocal8Bit());
    qputenv("WATCHDOG_USEC", "20000");
    int asked = 0;
    bool alive = true;
    ServiceManager systemd;
    systemd.watch([&] {
        ++asked;
        return alive;
    });
    QCOMPARE(m_heard->next(0), QStringList {u"WATCHDOG=1"_s}); // at once, the first
    QTRY_VERIFY(asked >= 3);
    alive = false;
    while (!m_heard->next(0).isEmpty()) {
    }
    asked = 0;
    QTRY_VERIFY(asked >= 5);
    QCOMPARE(m_heard->next(0), QStringList());
    alive = true;
    asked = 0;
    QTRY_VERIFY(asked >= 1);
    QCOMPARE(m_heard->next(0), QStringList {u"WATCHDOG=1"_s});
}

void TestServiceManager::reload_isDatedAndEndsReady()
{
    qputenv("NOTIFY_SOCKET", m_heard->variable().section(u'=', 1).toLocal8Bit());
    timespec before {};
    clock_gettime(CLOCK_MONOTONIC, &before);
    ServiceManager systemd;
    systemd.reloading();
    const QStringList message = m_heard->next(0);
    QCOMPARE(message.size(), 2);
    QCOMPARE(message[0], u"RELOADING=1"_s);
    QVERIFY(message[1].startsWith("MONOTONIC_USEC="_L1));
    QVERIFY(message[1].section(u'=', 1).toLongLong() >= qint64(before.tv_sec) * 1'000'000);
    systemd.ready(u"Serves again"_s);
    QCOMPARE(m_heard->next(0), (QStringList {u"READY=1"_s, u"STATUS=Serves again"_s}));
}

void TestServiceManager::reload_ofAServerIsTold_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("after");
    QTest::newRow("taken") << QByteArray("http.max_body_bytes = 1024\n") << QString();
    QTest::newRow("refused") << QByteArray("http.max_body_bytes = 1024\nhttp.max_body_bites = 1024\n")
                             << u" as before, the reload failed: [file %1/warder.conf:2] http.max_body_bites: no such setting"_s;
}

void TestServiceManager::reload_ofAServerIsTold()
{
    QFETCH(const QByteArray, file);
    QFETCH(QString, after);
    WarderProcess &server = start();
    const QStringList first = m_heard->next();
    QVERIFY(first.contains(u"READY=1"_s));
    const QString told = first.last() + after.replace(u"%1"_s, m_folder->filePath(u"data"_s));
    QStringList message;
    const auto isTold = [&] {
        message = m_heard->next(); // ready also after a refusal: it serves as before
        return message.contains(u"READY=1"_s) && (after.isEmpty() ? message.last() == told : message.last().startsWith(told));
    };
    QVERIFY(server.configure(file));
    server.signal(SIGHUP);
    QVERIFY(m_heard->next().contains(u"RELOADING=1"_s));
    QVERIFY2(isTold(), qPrintable(message.join(u'\n') + u'\n' + told));
    QCOMPARE(ApiClient(portIn(first)).get("/health/ready").status(), 200);
    QCOMPARE(server.command({u"server"_s, u"reload"_s}).code, after.isEmpty() ? Done : WrongConfig); // another way to the same
    if (after.isEmpty()) // the command reads a broken file itself, and does not ask the server then
        QVERIFY2(isTold(), qPrintable(message.join(u'\n') + u'\n' + told));
    QVERIFY(server.configure({}));
    QCOMPARE(server.command({u"server"_s, u"reload"_s}).code, Done);
    QCOMPARE(m_heard->next(), first);
    QCOMPARE(server.stop(), Done);
}

/// The server ends and opens again within the process, and systemd sees another status and no stop.
void TestServiceManager::restore_isNoStop()
{
    WarderProcess &server = start();
    QVERIFY(m_heard->next().contains(u"READY=1"_s));
    const QString file = m_folder->filePath(u"one.db"_s);
    QCOMPARE(server.command({u"backup"_s, u"create"_s, file}).code, Done);
    const auto restored = server.command({u"backup"_s, u"restore"_s, file, u"--yes"_s});
    QVERIFY2(restored.code == Done, restored.err);
    QCOMPARE(m_heard->next(), QStringList {u"STATUS=Opens anew"_s});
    const QStringList ready = m_heard->next();
    QVERIFY2(ready.contains(u"READY=1"_s), qPrintable(ready.join(u' ')));
    QCOMPARE(ApiClient(portIn(ready)).get("/health/ready").status(), 200);
    QCOMPARE(server.stop(), Done);
}

void TestServiceManager::during_sendsSignsOfLife()
{
    qputenv("NOTIFY_SOCKET", m_heard->variable().section(u'=', 1).toLocal8Bit());
    qputenv("WATCHDOG_USEC", "20000");
    ServiceManager systemd;
    systemd.watch([] { return true; });
    QCOMPARE(m_heard->next(), QStringList {u"WATCHDOG=1"_s}); // of watch() itself
    bool went = false;
    systemd.during([&] { // no event loop runs meanwhile
        for (int i = 0; i < 3; ++i)
            QCOMPARE(m_heard->next(), QStringList {u"WATCHDOG=1"_s});
        went = true;
    });
    QVERIFY(went);
}

void TestServiceManager::status_isOneLine()
{
    qputenv("NOTIFY_SOCKET", m_heard->variable().section(u'=', 1).toLocal8Bit());
    ServiceManager().status(u"all well\nMAINPID=1"_s);
    QCOMPARE(m_heard->next(0), QStringList {u"STATUS=all well MAINPID=1"_s});
}

void TestServiceManager::withoutSystemd_wordsAreLost()
{
    ServiceManager systemd;
    systemd.ready(u"ready"_s);
    systemd.reloading();
    systemd.status(u"status"_s);
    systemd.stopping();
    QCOMPARE(ServiceManager::inheritedSockets().value(), QList<int>());
    QCOMPARE(m_heard->next(0), QStringList());
}

void TestServiceManager::socket_isChecked_data()
{
    using Make = std::function<int(const QString &)>;
    QTest::addColumn<Make>("make");
    QTest::addColumn<QString>("fault");
    QTest::newRow("listening TCP") << Make([](const QString &) { return listeningTcp(); }) << QString();
    QTest::newRow("listening Unix") << Make([](const QString &path) {
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
        return bindUnix(descriptor, path) && ::listen(descriptor, 1) == 0 ? descriptor : -1;
    }) << QString();
    QTest::newRow("TCP that does not listen") << Make([](const QString &) { return ::socket(AF_INET6, SOCK_STREAM, 0); })
                                              << u"does not listen: use ListenStream= with Accept=no"_s;
    QTest::newRow("datagrams") << Make([](const QString &) { return ::socket(AF_INET, SOCK_DGRAM, 0); })
                               << u"is no stream socket: use ListenStream="_s;
    QTest::newRow("packets of a Unix socket") << Make([](const QString &path) {
        const int descriptor = ::socket(AF_UNIX, SOCK_SEQPACKET, 0);
        return bindUnix(descriptor, path) && ::listen(descriptor, 1) == 0 ? descriptor : -1;
    }) << u"is no stream socket: use ListenStream="_s;
    QTest::newRow("another family") << Make([](const QString &) { return ::socket(AF_NETLINK, SOCK_RAW, 0); })
                                    << u"is neither a TCP nor a Unix socket"_s;
    QTest::newRow("a file") << Make([](const QString &path) { return ::open(qPrintable(path), O_CREAT | O_RDWR, 0600); })
                            << u"is no socket"_s;
    QTest::newRow("nothing") << Make([](const QString &) { return -1; }) << u"is no socket"_s;
}

void TestServiceManager::socket_isChecked()
{
    QFETCH(const std::function<int(const QString &)>, make);
    QFETCH(const QString, fault);
    const Descriptor descriptor(make(m_folder->filePath(u"made"_s)));
    const auto fit = ServiceManager::checkSocket(descriptor, u"warder.socket"_s);
    QCOMPARE(fit ? QString() : fit.error().detail, fault.isEmpty() ? fault : u"what systemd passes as \"warder.socket\" "_s + fault);
}

void TestServiceManager::inherited_areAllOrNothing()
{
    const Descriptor tcp(listeningTcp());
    const Descriptor datagrams(::socket(AF_INET, SOCK_DGRAM, 0));
    QCOMPARE(inheritedBy({}, ""), u"0"_s);
    QCOMPARE(inheritedBy({tcp}, "web"), u"1"_s);
    QCOMPARE(inheritedBy({tcp, tcp}, "web:inside"), u"2"_s);
    QCOMPARE(inheritedBy({tcp, datagrams}, "web:log"), u"what systemd passes as \"log\" is no stream socket: use ListenStream="_s);
}

void TestServiceManager::inherited_areServedAndOutliveTheServer()
{
    const QString path = m_folder->filePath(u"warder.sock"_s);
    const Descriptor tcp(listeningTcp());
    const Descriptor local(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    QVERIFY(bindUnix(local, path) && ::listen(local, 16) == 0);
    WarderProcess server(m_folder->filePath(u"data"_s), {m_heard->variable()});
    server.passOn({tcp, local});
    for (int i = 0; i < 2; ++i) {
        RawHttp early(path); // waits in the socket that nobody serves yet, or any more
        QVERIFY(early.isConnected());
        QVERIFY2(server.start(), server.log());
        QCOMPARE(server.port(), portOf(tcp));
        QCOMPARE(server.client().get("/health/ready").status(), 200);
        QCOMPARE(ApiClient::askOn(early, "GET", "/health/ready").status(), 200);
        const QStringList ready = m_heard->nextWith(u"READY=1"_s);
        QVERIFY2(ready.join(u' ').endsWith(u"Serves http://localhost:%1 unix:%2"_s.arg(server.port()).arg(path)),
                 qPrintable(ready.join(u' ')));
        early.close();
        QCOMPARE(server.stop(), Done);
    }
}

void TestServiceManager::inherited_nameTheIssuer()
{
    const Descriptor tcp(listeningTcp());
    WarderProcess server(m_folder->filePath(u"data"_s));
    server.passOn({tcp});
    const auto issuer = [&server] { return server.client().get("/.well-known/openid-configuration")["issuer"_L1].toString(); };
    const QString own = u"http://localhost:%1"_s.arg(portOf(tcp));
    QVERIFY2(server.start({u"--set"_s, u"http.threads=2"_s}), server.log());
    QCOMPARE(issuer(), own);
    QVERIFY(server.configure("log.level = warning\n"));
    QCOMPARE(server.command({u"server"_s, u"reload"_s}).code, Done);
    QCOMPARE(issuer(), own);
    QCOMPARE(server.stop(), Done);
    QVERIFY2(server.start({u"--set"_s, u"tokens.issuer=https://auth.example.com"_s}), server.log());
    QCOMPARE(issuer(), u"https://auth.example.com"_s);
    QCOMPARE(server.stop(), Done);
}

QTEST_GUILESS_MAIN(TestServiceManager)
#include "TestServiceManager.moc"
