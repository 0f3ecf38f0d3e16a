#include "app/cli/ExitCode.h"
#include "core/console/Console.h"
#include "core/console/orders/Backups.h"
#include "core/console/orders/MasterKey.h"
#include "core/console/orders/Server.h"
#include "core/console/wire/RemoteConsole.h"
#include "core/crypto/MasterKey.h"
#include "core/platform/FileLock.h"
#include "core/platform/Files.h"
#include "core/storage/DataDirectory.h"
#include "tests/app/WarderProcess.h"
#include "tests/support/KeyringSession.h"

#include <QDir>
#include <QLocalServer>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

template <typename T>
Result<T> got(const Answer<T> &answer)
{
    const bool came = QTest::qWaitFor([&answer] { return answer.isFinished(); }, 2 * patienceMs);
    return came ? answer.result() : refused(ErrorCode::Busy, u"no answer came"_s);
}

} // namespace

/// The program with the window, on no screen.
class TestDesktopProgram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void refusedStart_leavesAWindowThatCanStartIt();
    void restore_opensTheServerAnewBelowTheWindow();
    void busyPort_isLeftForTheNextFree_andStaysSo();
    void busyPort_thatIsFixed_isNotLeft_data();
    void busyPort_thatIsFixed_isNotLeft();
    void firstStart_putsTheMasterKeyIntoTheKeychain_data();
    void firstStart_putsTheMasterKeyIntoTheKeychain();
    void hidden_isBroughtBackByASecondStart();
    void hangUp_reloads();
    void secondStart_bringsTheFirstToTheFront();
    void secondStart_inADeepFolder();
    void startsAtOnce_makeOneWindow();
    void startWhileTheFirstEnds_opens();
    void deadWindow_leavesNothingInTheWay();
    void standingWindow_isSaid();
    void noDisplay_isOneLine_data();
    void noDisplay_isOneLine();
    void displayThatDoesNotAnswer_isNoDisplay();
    void whatIsOnlyTold_needsNoDisplay();
    void service_isShown_andGoesOn();
    void service_mayRestartBelowTheWindow();

private:
    /// A start on the same data directory, until its end.
    ProgramAnswer again(const QStringList &environment = {u"QT_QPA_PLATFORM=offscreen"_s}, const QStringList &arguments = {}) const;
    void begin(quint16 port);
    void beginWith(const QStringList &arguments);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WarderProcess> m_warder;
    std::unique_ptr<RemoteConsole> m_console; ///< What the window does, from here.
};

void TestDesktopProgram::init()
{
    m_console.reset();
    m_warder.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s), QStringList {u"QT_QPA_PLATFORM=offscreen"_s},
                                               QStringLiteral(WARDER));
}

void TestDesktopProgram::begin(quint16 port) { beginWith({u"--listen"_s, u"127.0.0.1:%1"_s.arg(port)}); }

void TestDesktopProgram::beginWith(const QStringList &arguments)
{
    m_warder->begin(quickSettings().mid(0, quickSettings().size() - 2) + arguments); // the issuer is the server's own
    const auto connects = [this] {
        m_console = std::make_unique<RemoteConsole>();
        return m_console->connectTo(DataDirectory::socketPath(m_folder->filePath(u"data"_s))).has_value();
    };
    QTRY_VERIFY_WITH_TIMEOUT(connects(), patienceMs);
}

void TestDesktopProgram::refusedStart_leavesAWindowThatCanStartIt()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    begin(other.serverPort());
    const auto server = [this] { return got(m_console->ask(ReadOverview {}))->server; };
    const QString problem =
        u"cannot listen on 127.0.0.1:%1: another program uses this port: stop it, or choose another port with http.listen"_s.arg(
            other.serverPort());
    QTRY_COMPARE_WITH_TIMEOUT(server().state, ServerState::Failed, patienceMs);
    QCOMPARE(server().problem, problem);
    QVERIFY(got(m_console->ask(ReloadServer {})));
    QCOMPARE(server().problem, problem); // it is none the better for settings that were read anew
    QCOMPARE(got(m_console->ask(StartServer {})).error().detail, problem);
    const quint16 port = other.serverPort();
    other.close();
    QCOMPARE(got(m_console->ask(StartServer {}))->state, ServerState::Running);
    QCOMPARE(server().problem, QString());
    QCOMPARE(ApiClient(port).get("/health/ready").status(), 200);
    QCOMPARE(m_warder->stop(), Done);
}

void TestDesktopProgram::restore_opensTheServerAnewBelowTheWindow()
{
    begin(0);
    const auto server = [this] { return got(m_console->ask(ReadOverview {}))->server; };
    QTRY_COMPARE_WITH_TIMEOUT(server().state, ServerState::Running, patienceMs);
    const auto made = got(m_console->ask(CreateBackup {}));
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    const auto preview = got(m_console->ask(PreviewRestore {.file = made->file}));
    QVERIFY2(preview, preview ? "" : qPrintable(preview.error().detail));
    const Id order = Id::create(SystemClock().now());
    const auto taken = got(m_console->ask(RestoreBackup {.order = order, .seen = *preview}));
    QVERIFY2(taken || taken.error().code == ErrorCode::ConnectionLost, taken ? "" : qPrintable(taken.error().detail));
    std::optional<RestoreOutcome> outcome;
    const auto isKnown = [&] {
        m_console = std::make_unique<RemoteConsole>();
        if (!m_console->connectTo(DataDirectory::socketPath(m_folder->filePath(u"data"_s))))
            return false;
        const auto all = got(m_console->ask(ListBackups {}));
        outcome = all ? all->lastRestore : std::nullopt;
        return outcome.has_value();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isKnown(), patienceMs);
    QCOMPARE(outcome->order, order);
    QCOMPARE(outcome->problem, QString());
    QCOMPARE(server().state, ServerState::Running);
    QCOMPARE(m_warder->stop(), Done);
}

void TestDesktopProgram::busyPort_isLeftForTheNextFree_andStaysSo()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const quint16 taken = other.serverPort();
    const auto store = [&](const QByteArray &value) {
        QFile file(m_folder->filePath(u"data/warder.stored.conf"_s));
        return QDir().mkpath(m_folder->filePath(u"data"_s))
               && QFile::setPermissions(m_folder->filePath(u"data"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)
               && file.open(QIODevice::WriteOnly) && file.write("http.listen = " + value + "\nlog.level = warning\n") > 0;
    };
    QVERIFY(store("127.0.0.1:" + QByteArray::number(taken)));
    const auto server = [this] { return got(m_console->ask(ReadOverview {}))->server; };
    beginWith({});
    QTRY_COMPARE_WITH_TIMEOUT(server().state, ServerState::Failed, patienceMs);
    QCOMPARE(server().configured, QStringList()); // that is the other one's address
    const int port = server().otherPort.value_or(OtherPort()).port;
    QVERIFY(port > taken);
    const auto moved = got(m_console->ask(UsePort {.port = port}));
    QVERIFY2(moved, moved ? "" : qPrintable(moved.error().detail));
    QCOMPARE(moved->url, u"http://localhost:%1"_s.arg(port));
    QVERIFY(!moved->otherPort);
    QVERIFY(ApiClient(quint16(port))
                .get("/.well-known/openid-configuration")
                .everything()
                .contains("http://localhost:" + QByteArray::number(port)));
    const auto settings = *got(m_console->ask(ListSettings {}));
    const auto listen = *std::ranges::find(settings, "http.listen"_L1, &SettingView::key);
    QCOMPARE(listen.source, SettingSource::Stored);
    QCOMPARE(std::ranges::find(settings, "log.level"_L1, &SettingView::key)->value, u"warning"_s); // what was stored before stays
    QCOMPARE(m_warder->stop(), Done);
    beginWith({});
    QTRY_COMPARE_WITH_TIMEOUT(server().url, u"http://localhost:%1"_s.arg(port), patienceMs);
    QCOMPARE(m_warder->stop(), Done);
}

void TestDesktopProgram::busyPort_thatIsFixed_isNotLeft_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("file");
    QTest::addColumn<SettingSource>("source");
    QTest::addColumn<QString>("name");
    QTest::newRow("on the command line") << QStringList {u"--listen"_s, u"127.0.0.1:%1"_s} << QString() << SettingSource::CommandLine
                                         << u"--set"_s;
    QTest::newRow("in the file") << QStringList {} << u"http.listen = 127.0.0.1:%1\n"_s << SettingSource::File << u"warder.conf:1"_s;
}

void TestDesktopProgram::busyPort_thatIsFixed_isNotLeft()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, file);
    QFETCH(SettingSource, source);
    QFETCH(QString, name);
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    QVERIFY(QDir().mkpath(m_folder->filePath(u"data"_s)));
    QVERIFY(QFile::setPermissions(m_folder->filePath(u"data"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    if (!file.isEmpty())
        QVERIFY(m_warder->configure(file.arg(other.serverPort()).toUtf8()));
    beginWith(arguments.replaceInStrings(u"%1"_s, QString::number(other.serverPort())));
    const auto server = [this] { return got(m_console->ask(ReadOverview {}))->server; };
    QTRY_COMPARE_WITH_TIMEOUT(server().state, ServerState::Failed, patienceMs);
    const OtherPort offered = server().otherPort.value_or(OtherPort {.port = -1, .sourceName = {}});
    QCOMPARE(offered.port, 0);
    QCOMPARE(offered.source, source);
    QVERIFY2(offered.sourceName.endsWith(name), qPrintable(offered.sourceName));
    QCOMPARE(got(m_console->ask(UsePort {.port = other.serverPort() + 1})).error().code, ErrorCode::SettingFixed);
    QVERIFY(!QFile::exists(m_folder->filePath(u"data/warder.stored.conf"_s)));
    QCOMPARE(m_warder->stop(), Done);
}

void TestDesktopProgram::firstStart_putsTheMasterKeyIntoTheKeychain_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<bool>("isFrozen");
    QTest::newRow("that works") << true << false;
    QTest::newRow("that stands") << true << true;
    QTest::newRow("where there is none") << false << false;
}

void TestDesktopProgram::firstStart_putsTheMasterKeyIntoTheKeychain()
{
    QFETCH(bool, isThere);
    QFETCH(bool, isFrozen);
    if (!KeyringSession::isPossible())
        QSKIP("needs dbus-daemon and gnome-keyring-daemon");
    KeyringSession session;
    QCOMPARE(session.startBus(), QString());
    if (isThere)
        QCOMPARE(session.startKeyring(KeyringSession::Keyring::Unlocked), QString());
    session.freezeKeyring(isFrozen);
    const QString data = m_folder->filePath(u"data"_s);
    m_warder =
        std::make_unique<WarderProcess>(data, QStringList {u"QT_QPA_PLATFORM=offscreen"_s} + session.environment(), QStringLiteral(WARDER));
    begin(0);
    const auto source = isThere && !isFrozen ? MasterKeySource::Keychain : MasterKeySource::File;
    QCOMPARE(got(m_console->ask(ReadMasterKey {}))->source, source);
    QCOMPARE(pointsToKeychain(data + u"/master.key"_s), source == MasterKeySource::Keychain);
    QCOMPARE(m_warder->stop(), Done);
    session.freezeKeyring(false);
    begin(0); // finds it again
    QCOMPARE(got(m_console->ask(ReadMasterKey {}))->source, source);
    QCOMPARE(m_warder->stop(), Done);
}

void TestDesktopProgram::hidden_isBroughtBackByASecondStart()
{
    beginWith({u"--listen"_s, u"127.0.0.1:0"_s, u"--hidden"_s});
    QTRY_COMPARE_WITH_TIMEOUT(got(m_console->ask(ReadOverview {}))->server.state, ServerState::Running, patienceMs); // it serves
    QCOMPARE(again().code, Done);
    QVERIFY(m_warder->isRunning());
    QCOMPARE(m_warder->stop(), Done);
}

void TestDesktopProgram::hangUp_reloads()
{
    begin(0);
    QTRY_COMPARE_WITH_TIMEOUT(got(m_console->ask(ReadOverview {}))->server.state, ServerState::Running, patienceMs);
    const QString url = got(m_console->ask(ReadOverview {}))->server.url;
    const ApiClient client(url.section(u':', -1).toUShort());
    QVERIFY(m_warder->configure("http.allowed_origins = https://app.example\n"));
    m_warder->signal(SIGHUP);
    QTRY_COMPARE_WITH_TIMEOUT(client.get("/session", {"Origin: https://app.example"}).header("access-control-allow-origin"),
                              "https://app.example"_ba, patienceMs);
    QCOMPARE(m_warder->stop(), Done);
}

ProgramAnswer TestDesktopProgram::again(const QStringList &environment, const QStringList &arguments) const
{
    QProcess process;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    for (const auto &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s, u"XDG_SESSION_TYPE"_s})
        variables.remove(name);
    for (const QString &each : environment)
        variables.insert(each.section(u'=', 0, 0), each.section(u'=', 1));
    process.setProcessEnvironment(variables);
    process.start(QStringLiteral(WARDER), QStringList {u"--data-dir"_s, m_folder->filePath(u"data"_s)} + arguments);
    const bool ended = process.waitForFinished(patienceMs);
    const int code = ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    process.kill();
    process.waitForFinished();
    return {.code = code, .out = process.readAllStandardOutput(), .err = process.readAllStandardError()};
}

void TestDesktopProgram::secondStart_bringsTheFirstToTheFront()
{
    begin(0);
    for (int i = 0; i < 2; ++i) {
        const ProgramAnswer later = again();
        QCOMPARE(later.code, Done);
        QVERIFY2(later.out.contains("came to the front"), later.out + later.err);
    }
    QVERIFY(m_warder->isRunning());
    QCOMPARE(m_warder->stop(), Done);
}

void TestDesktopProgram::secondStart_inADeepFolder()
{
    const QString deep = m_folder->filePath(QString(60, u'x') + u'/' + QString(60, u'y'));
    QVERIFY(QDir().mkpath(QFileInfo(deep).path()));
    WarderProcess first(deep, {u"QT_QPA_PLATFORM=offscreen"_s}, QStringLiteral(WARDER));
    first.begin(quickSettings() + QStringList {u"--listen"_s, u"127.0.0.1:0"_s});
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(deep + u"/window.sock"_s), patienceMs);
    QCOMPARE(again({u"QT_QPA_PLATFORM=offscreen"_s}, {u"--data-dir"_s, deep}).code, Done);
    QVERIFY(first.isRunning());
}

void TestDesktopProgram::startsAtOnce_makeOneWindow()
{
    std::array<std::unique_ptr<WarderProcess>, 3> starts;
    for (auto &each : starts) {
        each = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s), QStringList {u"QT_QPA_PLATFORM=offscreen"_s},
                                               QStringLiteral(WARDER));
        each->begin(quickSettings() + QStringList {u"--listen"_s, u"127.0.0.1:0"_s});
    }
    const auto running = [&starts] { return std::ranges::count_if(starts, [](const auto &each) { return each->isRunning(); }); };
    QTRY_COMPARE_WITH_TIMEOUT(running(), 1, patienceMs);
    for (auto &each : starts)
        QCOMPARE(each->isRunning() ? each->stop() : each->waitForEnd(), Done);
}

void TestDesktopProgram::startWhileTheFirstEnds_opens()
{
    const QString data = m_folder->filePath(u"data"_s);
    QVERIFY(DataDirectory::prepare(data));
    auto lock = platform::openLockFile(data + u"/window.lock"_s);
    QVERIFY(file_lock::take(lock.get(), Milliseconds {0}));
    QLocalServer first;
    QVERIFY(first.listen(data + u"/window.sock"_s));
    connect(&first, &QLocalServer::newConnection, this, [&] { // and answers nothing
        lock = platform::Descriptor();
        first.close();
    });
    begin(0);
    QVERIFY(!lock.isOpen());
    QCOMPARE(again().code, Done);
    QCOMPARE(m_warder->stop(), Done);
}

void TestDesktopProgram::deadWindow_leavesNothingInTheWay()
{
    const QString socket = m_folder->filePath(u"data/window.sock"_s);
    begin(0);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(socket), patienceMs);
    m_warder->kill();
    QVERIFY(QFile::exists(socket));
    begin(0);
    QTRY_COMPARE_WITH_TIMEOUT(got(m_console->ask(ReadOverview {}))->server.state, ServerState::Running, patienceMs);
    QCOMPARE(m_warder->stop(), Done);
}

void TestDesktopProgram::standingWindow_isSaid()
{
    begin(0);
    QTRY_COMPARE_WITH_TIMEOUT(got(m_console->ask(ReadOverview {}))->server.state, ServerState::Running, patienceMs);
    m_warder->signal(SIGSTOP);
    QProcess later;
    later.setProcessEnvironment([] {
        auto all = QProcessEnvironment::systemEnvironment();
        all.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        return all;
    }());
    later.start(QStringLiteral(WARDER), {u"--data-dir"_s, m_folder->filePath(u"data"_s)});
    later.setReadChannel(QProcess::StandardError);
    QByteArray said;
    while (!said.contains('\n') && later.waitForReadyRead(patienceMs))
        said += later.readAll();
    QVERIFY2(said.contains("is open already, but does not answer"), said);
    later.kill(); // it shows a box
    later.waitForFinished();
    m_warder->signal(SIGCONT);
    QCOMPARE(m_warder->stop(), Done);
}

void TestDesktopProgram::noDisplay_isOneLine_data()
{
    QTest::addColumn<QStringList>("environment");
    QTest::newRow("none") << QStringList {};
    QTest::newRow("one where no server is") << QStringList {u"DISPLAY=:77"_s};
    QTest::newRow("one on a machine that is not there") << QStringList {u"DISPLAY=127.0.0.1:77.0"_s};
    QTest::newRow("an empty name") << QStringList {u"DISPLAY="_s};
    QTest::newRow("X11 and no display") << QStringList {u"QT_QPA_PLATFORM=xcb"_s};
    QTest::newRow("Wayland and no compositor") << QStringList {u"QT_QPA_PLATFORM=wayland"_s, u"WAYLAND_DISPLAY=nowhere"_s};
    QTest::newRow("a session that was left") << QStringList {u"WAYLAND_DISPLAY=wayland-7"_s, u"XDG_SESSION_TYPE=wayland"_s};
    QTest::newRow("a platform that is none") << QStringList {u"QT_QPA_PLATFORM=nonsense"_s};
}

void TestDesktopProgram::noDisplay_isOneLine()
{
    QFETCH(QStringList, environment);
    const ProgramAnswer answer = again(environment);
    QCOMPARE(answer.code, CannotRun);
    QVERIFY2(answer.err.startsWith("warder: there is no display to open the window on (") && answer.err.count('\n') == 1, answer.err);
    QVERIFY(answer.err.contains("warderd serve"));
    QVERIFY(!QFile::exists(m_folder->filePath(u"data"_s))); // nothing was begun
}

void TestDesktopProgram::displayThatDoesNotAnswer_isNoDisplay()
{
    constexpr int portOfDisplay0 = 6000;
    QTcpServer silent; // takes the connection, and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    QVERIFY(silent.serverPort() > portOfDisplay0);
    const ProgramAnswer answer = again({u"DISPLAY=127.0.0.1:%1"_s.arg(silent.serverPort() - portOfDisplay0)});
    QCOMPARE(answer.code, CannotRun);
    QVERIFY2(answer.err.startsWith("warder: there is no display") && answer.err.count('\n') == 1, answer.err);
    QVERIFY2(answer.err.contains("has not answered"), answer.err);
}

void TestDesktopProgram::whatIsOnlyTold_needsNoDisplay()
{
    QCOMPARE(again({}, {u"--version"_s}).code, Done);
    QVERIFY(again({}, {u"--help"_s}).out.contains("--data-dir"));
}

void TestDesktopProgram::service_isShown_andGoesOn()
{
    WarderProcess service(m_folder->filePath(u"data"_s));
    QVERIFY2(service.start(), service.log());
    m_warder->begin({});
    QTRY_VERIFY_WITH_TIMEOUT(
        QFile::exists(m_folder->filePath(u"data/window.ini"_s)) || QFile::exists(m_folder->filePath(u"data/window.sock"_s)), patienceMs);
    QCOMPARE(again().code, Done); // answered by the window, not by the service
    QCOMPARE(m_warder->stop(), Done);
    QVERIFY2(m_warder->log().contains("a server runs on"), m_warder->log());
    QVERIFY(service.isRunning());
    QCOMPARE(service.client().get("/health/ready").status(), 200);
    QCOMPARE(service.stop(), Done);
}

void TestDesktopProgram::service_mayRestartBelowTheWindow()
{
    WarderProcess service(m_folder->filePath(u"data"_s));
    QVERIFY2(service.start(), service.log());
    m_warder->begin({});
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_folder->filePath(u"data/window.sock"_s)), patienceMs);
    QCOMPARE(again().code, Done);
    QCOMPARE(service.stop(), Done); // the window holds nothing that the service needs
    QVERIFY2(service.start(), service.log());
    QCOMPARE(service.client().get("/health/ready").status(), 200);
    QCOMPARE(again().code, Done);
    QVERIFY(m_warder->isRunning());
    QCOMPARE(m_warder->stop(), Done);
    QCOMPARE(service.stop(), Done);
}

QTEST_GUILESS_MAIN(TestDesktopProgram)
#include "TestDesktopProgram.moc"
