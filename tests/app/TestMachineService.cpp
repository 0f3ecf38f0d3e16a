#include "app/cli/ConsoleRelay.h"
#include "app/cli/ExitCode.h"
#include "core/console/orders/Server.h"
#include "core/console/wire/RemoteConsole.h"
#include "core/platform/LocalSockets.h"
#include "core/storage/DataDirectory.h"
#include "tests/app/WarderProcess.h"

#include <QDir>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <linux/capability.h>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QString systemData = QStringLiteral(WARDER_SYSTEM_DATA_DIR);

} // namespace

/// The desktop program on a machine that runs a Warder as a service.
class TestMachineService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void openSocket_isTaken();
    void closedSocket_isReachedThroughPkexec();
    void refusal_leavesTheQuestion();
    void restart_isSurvivedByTheRelay();
    void relay_endsWithItsWindow();
    void hidden_asksForNoPassword();
    void ownServer_isKept_data();
    void ownServer_isKept();
    void stoppedService_isNoReasonForAnotherServer();

private:
    QString file(const QString &name) const { return m_folder->filePath(name); }
    QByteArray asked() const;
    void remember(const QString &server) const;
    /// What stands in place of the real pkexec: notes what it was asked for, then does this.
    void install(const QByteArray &deed) const;
    void open(const QStringList &arguments = {});
    bool says(const QByteArray &words);
    int end();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WarderProcess> m_service;
    std::unique_ptr<QProcess> m_warder;
    QByteArray m_said;
};

void TestMachineService::initTestCase()
{
    prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE); // permissions bind what we start, also where we are root
    prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH);
}

void TestMachineService::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_said.clear();
    QDir(systemData).removeRecursively();
    m_service = std::make_unique<WarderProcess>(systemData);
    QVERIFY2(m_service->start(), m_service->log());
}

void TestMachineService::cleanup()
{
    m_warder.reset();
    m_service.reset();
    QVERIFY(QFile::setPermissions(systemData, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QDir(systemData).removeRecursively();
}

QByteArray TestMachineService::asked() const
{
    QFile notes(file(u"asked"_s));
    return notes.open(QIODevice::ReadOnly) ? notes.readAll() : QByteArray();
}

void TestMachineService::remember(const QString &server) const
{
    QVERIFY(QDir().mkpath(file(u"warder"_s)));
    QVERIFY(QFile::setPermissions(file(u"warder"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QSettings(file(u"warder/window.ini"_s), QSettings::IniFormat).setValue(u"program/server"_s, server);
}

void TestMachineService::install(const QByteArray &deed) const
{
    QVERIFY(QDir().mkpath(file(u"bin"_s)));
    QFile script(file(u"bin/pkexec"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\nprintf '%s\\n' \"$*\" >> " + file(u"asked"_s).toLocal8Bit() + '\n' + deed);
    script.close();
    QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

void TestMachineService::open(const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"XDG_DATA_HOME"_s, m_folder->path());
    environment.insert(u"XDG_CONFIG_HOME"_s, file(u"config"_s));
    environment.insert(u"PATH"_s, file(u"bin"_s) + u':' + QFileInfo(WarderProcess::program()).path() + u":/usr/bin:/bin"_s);
    m_warder = std::make_unique<QProcess>();
    m_warder->setProcessEnvironment(environment);
    m_warder->setProcessChannelMode(QProcess::MergedChannels);
    m_warder->start(QStringLiteral(WARDER), quickSettings() + QStringList {u"--listen"_s, u"127.0.0.1:0"_s} + arguments);
}

bool TestMachineService::says(const QByteArray &words)
{
    while (!m_said.contains(words) && m_warder->waitForReadyRead(patienceMs))
        m_said += m_warder->readAll();
    return m_said.contains(words);
}

int TestMachineService::end()
{
    m_warder->terminate();
    return m_warder->waitForFinished(patienceMs) && m_warder->exitStatus() == QProcess::NormalExit ? m_warder->exitCode() : -1;
}

void TestMachineService::openSocket_isTaken()
{
    install("exit 127\n");
    remember(u"service"_s);
    open();
    QVERIFY2(says("this is the window of the service on " + systemData.toUtf8()), m_said);
    QCOMPARE(end(), Done);
    QCOMPARE(asked(), QByteArray());
    QVERIFY(m_service->isRunning());
}

void TestMachineService::closedSocket_isReachedThroughPkexec()
{
    install("chmod 700 '" + systemData.toUtf8() + "'\nshift 2\nexec \"$@\"\n");
    QVERIFY(QFile::setPermissions(systemData, {}));
    remember(u"service"_s);
    open();
    QVERIFY2(says("this is the window of the service on " + systemData.toUtf8()), m_said); // it has the service's greeting
    const QString owner = QFileInfo(systemData).owner();
    QCOMPARE(asked(), u"--user %1 %2 server console --data-dir %3\n"_s.arg(owner, WarderProcess::program(), systemData).toUtf8());
    QCOMPARE(end(), Done);
    QVERIFY(m_service->isRunning());
}

void TestMachineService::refusal_leavesTheQuestion()
{
    install("echo 'Not authorized' >&2\nexit 126\n");
    QVERIFY(QFile::setPermissions(systemData, {}));
    remember(u"service"_s);
    open();
    QTRY_VERIFY_WITH_TIMEOUT(!asked().isEmpty(), patienceMs);
    QVERIFY(!m_warder->waitForFinished(1000)); // a dialog says what to do
    QCOMPARE(end(), Done);
    QVERIFY2(!m_said.contains("serves"), m_said);
}

void TestMachineService::restart_isSurvivedByTheRelay()
{
    auto [window, relays] = platform::socketPair();
    RemoteConsole console;
    QSignalSpy greeted(&console, &RemoteConsole::greeted);
    console.adopt(window.letGo());
    QVERIFY(!console.ask(ReadOverview {}).result()); // nobody is there yet
    const ConsoleRelay relay(relays.letGo(), DataDirectory::socketPath(systemData));
    for (int starts = 1; starts <= 2; ++starts) {
        QTRY_COMPARE_WITH_TIMEOUT(greeted.size(), starts, patienceMs);
        const auto answer = console.ask(ReadOverview {});
        QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), patienceMs);
        QCOMPARE(answer.result()->server.state, ServerState::Running);
        QCOMPARE(m_service->stop(), Done);
        const auto lost = console.ask(ReadOverview {});
        QVERIFY2(m_service->start(), m_service->log());
        QTRY_VERIFY_WITH_TIMEOUT(lost.isFinished(), patienceMs); // refused when the next server is greeted
        QVERIFY(!lost.result());
    }
}

void TestMachineService::relay_endsWithItsWindow()
{
    auto [window, relays] = platform::socketPair();
    const ConsoleRelay relay(relays.letGo(), DataDirectory::socketPath(systemData));
    QSignalSpy finished(&relay, &ConsoleRelay::finished);
    window = platform::Descriptor();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(runWarderd({u"server"_s, u"console"_s, u"--data-dir"_s, systemData}).code, WrongUsage); // at no socket
}

void TestMachineService::hidden_asksForNoPassword()
{
    install("exit 127\n");
    QVERIFY(QFile::setPermissions(systemData, {}));
    remember(u"service"_s);
    open({u"--hidden"_s});
    QVERIFY2(says("needs a password"), m_said);
    QVERIFY(m_warder->waitForFinished(patienceMs));
    QCOMPARE(m_warder->exitCode(), int(Done));
    QCOMPARE(asked(), QByteArray());
}

void TestMachineService::ownServer_isKept_data()
{
    QTest::addColumn<QString>("remembered");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("chosen before") << u"own"_s << QStringList {};
    QTest::newRow("a named folder") << u"service"_s << QStringList {u"--data-dir"_s, u"named"_s};
    QTest::newRow("nobody there to ask") << QString() << QStringList {u"--hidden"_s};
}

void TestMachineService::ownServer_isKept()
{
    QFETCH(QString, remembered);
    QFETCH(QStringList, arguments);
    if (!remembered.isEmpty())
        remember(remembered);
    if (arguments.contains(u"named"_s))
        arguments.last() = file(u"named"_s);
    open(arguments);
    QVERIFY2(says("Warder serves http://localhost:"), m_said);
    QCOMPARE(end(), Done);
}

void TestMachineService::stoppedService_isNoReasonForAnotherServer()
{
    QCOMPARE(m_service->stop(), Done);
    remember(u"service"_s);
    open();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file(u"warder/window.sock"_s)), patienceMs);
    QVERIFY(!m_warder->waitForFinished(1000));
    QCOMPARE(end(), Done);
    m_said += m_warder->readAll();
    QVERIFY2(!m_said.contains("serves"), m_said);
}

QTEST_GUILESS_MAIN(TestMachineService)
#include "TestMachineService.moc"
