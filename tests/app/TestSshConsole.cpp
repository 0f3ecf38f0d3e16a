#include "app/remote/SshConsole.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "core/console/wire/ConsoleSocket.h"
#include "tests/app/FakeSsh.h"
#include "tests/support/ConsoleWorld.h"

#include <QFile>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

using Phase = RemoteLineState::Phase;

/// The console of a server on another machine, over a program in place of ssh and the server's real socket.
class TestSshConsole : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void warderdThere_isAskedForItsSocket();
    void namedFolder_isGoneToUnasked();
    void shellThatHangs_isNotWaitedForForEver();
    void lineThatBreaks_isToldAtOnce_whateverHangsOnIt();
    void longAnswer_isNotKept();
    void place_isOnlyArguments();
    void forwardingsOfTheConfiguration_areLeftOut();
    void passwords_areAskedForInAWindowOnly_data();
    void passwords_areAskedForInAWindowOnly();
    void folderOfTheSocket_isPrivate_andGoes();
    void noSsh_isSaid();
    void refusals_waitForAPerson_data();
    void refusals_waitForAPerson();
    void passingTroubles_areTriedAgain_data();
    void passingTroubles_areTriedAgain();
    void warderdThatSaysNo_isAskedAgainOverTheSameConnection_data();
    void warderdThatSaysNo_isAskedAgainOverTheSameConnection();
    void brokenLine_isOpenedAgain_andLosesNothingSilently();
    void againAfterABreak_nobodyIsAsked();
    void stoppedServer_isAskedUntilItIsBack();
    void serverOfAnotherVersion_isSaid();
    void end_leavesNothingBehind();

private:
    QString socket() const { return m_w->folder.filePath(u"console.sock"_s); }
    RemotePlace there() const { return {.user = u"ann"_s, .host = u"auth.example.com"_s, .port = 2222}; }
    RemotePlace named() const { return {.host = u"auth"_s, .dataDirectory = m_w->folder.path()}; }
    void serve();
    void open(const RemotePlace &place, Milliseconds firstPause = 20ms);
    bool reaches(Phase phase, RemoteTrouble trouble = RemoteTrouble::None) const;
    qsizetype lines() const { return m_ssh->calls().filter(u"-M -N"_s).size(); }
    qsizetype questions() const { return m_ssh->calls().filter(u"warderd server socket"_s).size(); }

    std::unique_ptr<FakeSsh> m_ssh;
    std::unique_ptr<ConsoleWorld> m_w;
    std::unique_ptr<ConsoleSocket> m_socket;
    std::unique_ptr<SshConsole> m_console;
};

void TestSshConsole::init()
{
    for (const char *variable : {"DISPLAY", "WAYLAND_DISPLAY", "SSH_ASKPASS"})
        qunsetenv(variable);
    m_ssh = std::make_unique<FakeSsh>();
    m_w = std::make_unique<ConsoleWorld>();
    serve();
    m_ssh->answer(QFile::encodeName(socket()) + '\n');
}

void TestSshConsole::cleanup()
{
    m_console.reset();
    m_socket.reset();
    m_w.reset();
    m_ssh.reset();
}

void TestSshConsole::serve()
{
    m_socket = std::make_unique<ConsoleSocket>(m_w->console);
    QVERIFY(m_socket->listen(socket()));
}

void TestSshConsole::open(const RemotePlace &place, Milliseconds firstPause)
{
    m_console = std::make_unique<SshConsole>(place, firstPause);
    m_console->open();
}

bool TestSshConsole::reaches(Phase phase, RemoteTrouble trouble) const
{
    const bool does = QTest::qWaitFor([&] { return m_console->state().phase == phase && m_console->state().trouble == trouble; }, 30'000);
    if (!does)
        qWarning("phase %d, %s: %s", int(m_console->state().phase), qPrintable(nameOf(m_console->state().trouble)),
                 qPrintable(m_console->state().said));
    return does;
}

void TestSshConsole::warderdThere_isAskedForItsSocket()
{
    open(there());
    QCOMPARE(int(m_console->state().phase), int(Phase::Connecting));
    QVERIFY(reaches(Phase::Connected));
    QCOMPARE(got(m_console->console().ask(ReadOverview {}))->server.dataDirectory, u"/data"_s);
    QCOMPARE(m_ssh->calls().size(), 3); // the connection, the question, the forwarding
    QCOMPARE(lines(), 1);
    QCOMPARE(questions(), 1);
    QVERIFY(m_ssh->calls().last().contains(u"-O forward -L "_s));
    QVERIFY(m_ssh->calls().last().contains(u':' + socket() + u' '));
}

void TestSshConsole::namedFolder_isGoneToUnasked()
{
    open(named());
    QVERIFY(reaches(Phase::Connected));
    QVERIFY(got(m_console->console().ask(ReadOverview {})));
    QCOMPARE(m_ssh->calls().size(), 2);
    QCOMPARE(questions(), 0);
    QVERIFY(m_ssh->calls().last().contains(u':' + socket() + u' '));
}

void TestSshConsole::shellThatHangs_isNotWaitedForForEver()
{
    m_ssh->hold();
    SshTunnel tunnel(there(), 3s);
    QSignalSpy failed(&tunnel, &SshTunnel::failed);
    QSignalSpy opened(&tunnel, &SshTunnel::opened);
    tunnel.open(SshArguments::Asking::Never);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30'000);
    m_ssh->recover();
    tunnel.open(SshArguments::Asking::Never);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 30'000);
    QCOMPARE(lines(), 1);
}

/// The window's thread would stand still until the other process had ended.
void TestSshConsole::lineThatBreaks_isToldAtOnce_whateverHangsOnIt()
{
    m_ssh->hold();
    SshTunnel tunnel(there());
    const auto asks = [this] { return QFileInfo::exists(u"/proc/"_s + m_ssh->asking()); };
    bool askedStill = false;
    connect(&tunnel, &SshTunnel::failed, this, [&] { askedStill = asks(); });
    QSignalSpy failed(&tunnel, &SshTunnel::failed);
    tunnel.open(SshArguments::Asking::Never);
    QTRY_VERIFY_WITH_TIMEOUT(!m_ssh->asking().isEmpty(), 30'000);
    m_ssh->cut("Connection to auth closed by remote host.\n");
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30'000);
    QVERIFY(askedStill);
    QTRY_VERIFY_WITH_TIMEOUT(!asks(), 30'000); // and is ended all the same
}

void TestSshConsole::longAnswer_isNotKept()
{
    m_ssh->answer(QByteArray(1'000'000, '\n') + QFile::encodeName(socket()) + '\n', QByteArray(1'000'000, 'x'));
    open(there());
    QVERIFY(reaches(Phase::Connected)); // its end is what counts
}

void TestSshConsole::place_isOnlyArguments()
{
    const SshArguments arguments(there(), u"/run/c"_s);
    const QStringList line = arguments.line(SshArguments::Asking::Never);
    QCOMPARE(line.last(2), (QStringList {u"--"_s, u"auth.example.com"_s}));
    QCOMPARE(line.value(line.indexOf(u"-l"_s) + 1), u"ann"_s);
    QCOMPARE(line.value(line.indexOf(u"-p"_s) + 1), u"2222"_s);
    for (const auto &option : {u"ServerAliveInterval=5"_s, u"ControlPersist=no"_s})
        QVERIFY2(line.contains(option), qPrintable(option));
    QCOMPARE(arguments.askForSocket().last(2), (QStringList {u"auth.example.com"_s, u"warderd server socket"_s}));
    const QStringList forwarding = arguments.forward(u"/run/s"_s, u"/srv/console.sock"_s);
    QCOMPARE(forwarding.value(forwarding.indexOf(u"-L"_s) + 1), u"/run/s:/srv/console.sock"_s);
    const SshArguments bare({.host = u"auth"_s}, u"/run/c"_s);
    QVERIFY(!bare.line(SshArguments::Asking::Never).contains(u"-l"_s));
}

/// A port that a person forwards for this machine may be in use, by another ssh of theirs, and ssh would give up over it.
void TestSshConsole::forwardingsOfTheConfiguration_areLeftOut()
{
    const SshArguments arguments(there(), u"/run/c"_s);
    QVERIFY(arguments.line(SshArguments::Asking::Never).contains(u"ClearAllForwardings=yes"_s));
    for (const QStringList &shared : {arguments.askForSocket(), arguments.forward(u"/run/s"_s, u"/srv/console.sock"_s)})
        QCOMPARE(shared.value(shared.indexOf(u"-F"_s) + 1), u"none"_s);
}

void TestSshConsole::passwords_areAskedForInAWindowOnly_data()
{
    QTest::addColumn<bool>("hasDisplay");
    QTest::addColumn<QString>("batch");
    QTest::addColumn<QString>("keys");
    QTest::newRow("a display") << true << u"BatchMode=no"_s << u"StrictHostKeyChecking=ask"_s;
    QTest::newRow("none") << false << u"BatchMode=yes"_s << u"StrictHostKeyChecking=yes"_s;
}

void TestSshConsole::passwords_areAskedForInAWindowOnly()
{
    QFETCH(bool, hasDisplay);
    QFETCH(QString, batch);
    QFETCH(QString, keys);
    qputenv("SSH_ASKPASS", "/bin/false");
    if (hasDisplay)
        qputenv("DISPLAY", ":77");
    const auto asking = hasDisplay ? SshArguments::Asking::ByWindow : SshArguments::Asking::Never;
    const QProcessEnvironment variables = SshArguments::environment(asking);
    QCOMPARE(variables.value(u"SSH_ASKPASS"_s), hasDisplay ? u"/bin/false"_s : QString());
    QCOMPARE(variables.value(u"SSH_ASKPASS_REQUIRE"_s), hasDisplay ? u"force"_s : QString());
    open(there());
    QVERIFY(reaches(Phase::Connected));
    QVERIFY2(m_ssh->calls().first().contains(batch) && m_ssh->calls().first().contains(keys), qPrintable(m_ssh->calls().first()));
    QVERIFY(m_ssh->calls().last().contains(u"BatchMode=yes"_s)); // what goes over it asks nobody
}

void TestSshConsole::folderOfTheSocket_isPrivate_andGoes()
{
    auto tunnel = std::make_unique<SshTunnel>(there());
    const QString folder = QFileInfo(tunnel->socketPath()).path();
    const auto own = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const auto all = own | QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFile::permissions(folder) & all, own);
    QSignalSpy opened(tunnel.get(), &SshTunnel::opened);
    tunnel->open(SshArguments::Asking::Never);
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(QFileInfo::exists(tunnel->socketPath()));
    tunnel.reset();
    QVERIFY(!QFileInfo::exists(folder));
    QVERIFY(QFileInfo::exists(socket())); // the server's own is its own
}

void TestSshConsole::noSsh_isSaid()
{
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", "/nonexistent");
    open(there());
    qputenv("PATH", path);
    QVERIFY(reaches(Phase::Lost, RemoteTrouble::NoSsh));
    QVERIFY(!m_console->state().triesAgain);
}

void TestSshConsole::refusals_waitForAPerson_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<RemoteTrouble>("trouble");
    QTest::newRow("refused key") << "ann@auth: Permission denied (publickey).\n"_ba << RemoteTrouble::LoginRefused;
    QTest::newRow("unknown host key") << "Host key verification failed.\n"_ba << RemoteTrouble::HostKeyUnknown;
    QTest::newRow("changed host key") << "Host key for auth has changed and you have requested strict checking.\n"
                                         "Host key verification failed.\n"_ba
                                      << RemoteTrouble::HostKeyChanged;
}

void TestSshConsole::refusals_waitForAPerson()
{
    QFETCH(QByteArray, said);
    QFETCH(RemoteTrouble, trouble);
    m_ssh->failWith(said);
    open(there());
    QVERIFY(reaches(Phase::Lost, trouble));
    QVERIFY(!m_console->state().triesAgain);
    QVERIFY(said.contains(m_console->state().said.section(u'\n', -1).toUtf8()));
    QVERIFY(!QTest::qWaitFor([this] { return lines() > 1; }, 300)); // no pause of this test is as long
    QCOMPARE(got(m_console->console().ask(ReadOverview {})).error().code, ErrorCode::Busy);
    m_ssh->recover();
    m_console->open();
    QVERIFY(reaches(Phase::Connected));
}

void TestSshConsole::passingTroubles_areTriedAgain_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<RemoteTrouble>("trouble");
    QTest::newRow("unknown host") << "ssh: Could not resolve hostname auth: Name or service not known\n"_ba << RemoteTrouble::UnknownHost;
    QTest::newRow("nobody listens") << "ssh: connect to host auth port 22: Connection refused\n"_ba << RemoteTrouble::Unreachable;
    QTest::newRow("what nobody foresaw") << "ssh: the moon is full\n"_ba << RemoteTrouble::Other;
}

void TestSshConsole::passingTroubles_areTriedAgain()
{
    QFETCH(QByteArray, said);
    QFETCH(RemoteTrouble, trouble);
    m_ssh->failWith(said);
    open(there());
    QVERIFY(reaches(Phase::Lost, trouble));
    QVERIFY(m_console->state().triesAgain);
    QTRY_VERIFY(lines() >= 3);
    QVERIFY(m_console->state().trouble == trouble); // also while it is being tried again
    m_ssh->recover();
    QVERIFY(reaches(Phase::Connected));
}

void TestSshConsole::warderdThatSaysNo_isAskedAgainOverTheSameConnection_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<RemoteTrouble>("trouble");
    QTest::newRow("none there") << 127 << "sh: 1: warderd: not found\n"_ba << RemoteTrouble::NoProgram;
    QTest::newRow("no server") << 1 << "warderd: no server runs on the data directory /srv\n"_ba << RemoteTrouble::NotRunning;
}

void TestSshConsole::warderdThatSaysNo_isAskedAgainOverTheSameConnection()
{
    QFETCH(int, code);
    QFETCH(QByteArray, said);
    QFETCH(RemoteTrouble, trouble);
    m_ssh->answer({}, said, code);
    open(there());
    QVERIFY(reaches(Phase::Lost, trouble));
    QTRY_VERIFY(questions() >= 3);
    QCOMPARE(lines(), 1); // nobody is asked for a password again
    m_ssh->answer(QFile::encodeName(socket()) + '\n');
    QVERIFY(reaches(Phase::Connected));
    QCOMPARE(lines(), 1);
}

void TestSshConsole::brokenLine_isOpenedAgain_andLosesNothingSilently()
{
    open(there(), 500ms); // in which what is lost is looked at
    QVERIFY(reaches(Phase::Connected));
    const quint64 end = got(m_console->console().ask(ChangesSince {.position = 1'000'000}))->position;
    const auto waiting = m_console->console().ask(ChangesSince {.position = end, .wait = 60s});
    m_ssh->cut("Connection to auth.example.com closed by remote host.\n");
    QVERIFY(reaches(Phase::Lost, RemoteTrouble::Broken));
    QCOMPARE(m_console->state().said, u"Connection to auth.example.com closed by remote host."_s);
    QCOMPARE(got(waiting).error().code, ErrorCode::ConnectionLost);
    QCOMPARE(got(m_console->console().ask(ReadOverview {})).error().code, ErrorCode::Busy); // was never sent
    m_ssh->recover();
    QVERIFY(reaches(Phase::Connected));
    QVERIFY(got(m_console->console().ask(ReadOverview {})));
}

void TestSshConsole::againAfterABreak_nobodyIsAsked()
{
    qputenv("DISPLAY", ":77");
    qputenv("SSH_ASKPASS", "/bin/false");
    open(there());
    QVERIFY(reaches(Phase::Connected));
    m_ssh->cut("Timeout, server auth.example.com not responding.\n");
    QTRY_VERIFY(lines() >= 2);
    m_ssh->recover();
    QVERIFY(reaches(Phase::Connected));
    const QStringList begun = m_ssh->calls().filter(u"-M -N"_s);
    QVERIFY(begun.first().contains(u"BatchMode=no"_s));
    for (const QString &later : begun.sliced(1))
        QVERIFY2(later.contains(u"BatchMode=yes"_s), qPrintable(later)); // no question comes up out of nowhere
}

void TestSshConsole::stoppedServer_isAskedUntilItIsBack()
{
    open(there());
    QVERIFY(reaches(Phase::Connected));
    m_socket.reset();
    QVERIFY(reaches(Phase::Lost, RemoteTrouble::NoAnswer));
    serve();
    QVERIFY(reaches(Phase::Connected));
    QCOMPARE(lines(), 1);
}

void TestSshConsole::serverOfAnotherVersion_isSaid()
{
    m_socket.reset();
    QLocalServer other;
    QVERIFY(other.listen(socket()));
    connect(&other, &QLocalServer::newConnection, &other,
            [&other] { other.nextPendingConnection()->write(R"({"hello":{"protocol":0,"version":"0.3"}})"_ba + '\n'); });
    open(there());
    QVERIFY(reaches(Phase::Lost, RemoteTrouble::ServerOutdated));
    QVERIFY2(m_console->state().said.contains(u"Warder 0.3"_s), qPrintable(m_console->state().said));
    QCOMPARE(got(m_console->console().ask(ReadOverview {})).error().code, ErrorCode::ServerOutdated);
}

void TestSshConsole::end_leavesNothingBehind()
{
    open(there());
    QVERIFY(reaches(Phase::Connected));
    const QString forwarding = m_ssh->calls().last();
    const QString local = forwarding.section(u" -L "_s, 1).section(u':', 0, 0);
    QVERIFY(QFileInfo::exists(local));
    m_console.reset();
    QVERIFY(!QFileInfo::exists(local));
    QVERIFY(!QFileInfo::exists(QFileInfo(local).path()));
}

QTEST_GUILESS_MAIN(TestSshConsole)
#include "TestSshConsole.moc"
