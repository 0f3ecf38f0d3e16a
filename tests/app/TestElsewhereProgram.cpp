#include "app/cli/ExitCode.h"
#include "core/base/RemotePlace.h"
#include "tests/app/FakeSsh.h"
#include "tests/app/WarderProcess.h"

#include <QDir>
#include <QFile>
#include <QSettings>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {} // namespace

/// `warder --connect`, on no screen: a real server, its real socket, and a program in place of ssh.
class TestElsewhereProgram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void serverElsewhere_isReached_andRemembered();
    void secondStart_bringsTheFirstToTheFront();
    void longName_hasAWindow();
    void failure_leavesAWindow_thatTriesAgain();
    void lostConnection_isSurvived();
    void place_thatMayBeNone_isRefused_data();
    void place_thatMayBeNone_isRefused();
    void otherOptions_areOfThisMachine();

private:
    QString file(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<QProcess> start(const QStringList &arguments) const;
    bool says(const QByteArray &words);
    QStringList remembered() const;
    static int end(QProcess &process);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeSsh> m_ssh;
    std::unique_ptr<WarderProcess> m_service;
    std::unique_ptr<QProcess> m_warder;
    QByteArray m_said;
};

void TestElsewhereProgram::initTestCase()
{
    for (const char *variable : {"DISPLAY", "WAYLAND_DISPLAY", "SSH_ASKPASS"})
        qunsetenv(variable);
}

void TestElsewhereProgram::init()
{
    m_said.clear();
    m_folder = std::make_unique<QTemporaryDir>();
    m_ssh = std::make_unique<FakeSsh>();
    m_service = std::make_unique<WarderProcess>(file(u"there"_s));
    QVERIFY2(m_service->start(), m_service->log());
    m_ssh->answer(file(u"there/console.sock"_s).toUtf8() + '\n');
}

void TestElsewhereProgram::cleanup()
{
    m_warder.reset();
    m_service.reset();
    m_ssh.reset();
}

std::unique_ptr<QProcess> TestElsewhereProgram::start(const QStringList &arguments) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"XDG_CONFIG_HOME"_s, file(u"config"_s));
    environment.insert(u"XDG_DATA_HOME"_s, file(u"data"_s));
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment);
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->start(QStringLiteral(WARDER), arguments);
    return process;
}

bool TestElsewhereProgram::says(const QByteArray &words)
{
    while (!m_said.contains(words) && m_warder->waitForReadyRead(patienceMs))
        m_said += m_warder->readAll();
    return m_said.contains(words);
}

QStringList TestElsewhereProgram::remembered() const
{
    return QSettings(file(u"config/warder/elsewhere.ini"_s), QSettings::IniFormat).value(u"elsewhere/places"_s).toStringList();
}

int TestElsewhereProgram::end(QProcess &process)
{
    process.terminate();
    return process.waitForFinished(patienceMs) && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

void TestElsewhereProgram::serverElsewhere_isReached_andRemembered()
{
    m_warder = start({u"--connect"_s, u"ann@auth.example.com:2222"_s});
    QVERIFY2(says("this is the window of the server on ann@auth.example.com:2222"), m_said);
    QTRY_COMPARE_WITH_TIMEOUT(remembered(), QStringList {u"ann@auth.example.com:2222"_s}, patienceMs); // only when the server has answered
    QCOMPARE(end(*m_warder), Done);
    QVERIFY(m_service->isRunning());
    QVERIFY(QFile::exists(file(u"config/warder/elsewhere/ann@auth.example.com:2222/window.ini"_s)));
    QVERIFY(!QFile::exists(file(u"data/warder"_s))); // no server of this machine was begun
    QVERIFY(QDir(file(u"config/warder/elsewhere"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() == 1);
}

void TestElsewhereProgram::secondStart_bringsTheFirstToTheFront()
{
    const QStringList place {u"--connect"_s, u"auth"_s};
    m_warder = start(place);
    QVERIFY2(says("this is the window of"), m_said);
    const auto later = start(place);
    QVERIFY(later->waitForFinished(patienceMs));
    QCOMPARE(later->exitCode(), int(Done));
    QVERIFY(later->readAll().contains("came to the front"));
    const auto other = start({u"--connect"_s, u"root@auth"_s}); // another place
    QTRY_COMPARE_WITH_TIMEOUT(remembered().size(), 2, patienceMs);
    QCOMPARE(end(*other), int(Done));
    QCOMPARE(end(*m_warder), int(Done));
}

/// No file may be called by it.
void TestElsewhereProgram::longName_hasAWindow()
{
    m_warder = start({u"--connect"_s, QString(64, u'a') + u'@' + QString(200, u'h')});
    QVERIFY2(says("this is the window of"), m_said);
    QCOMPARE(end(*m_warder), Done);
}

void TestElsewhereProgram::failure_leavesAWindow_thatTriesAgain()
{
    m_ssh->failWith("ssh: connect to host auth port 22: Connection refused\n");
    m_warder = start({u"--connect"_s, u"auth"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_ssh->calls().size() >= 2, patienceMs);
    QCOMPARE(remembered(), QStringList());
    QVERIFY(m_warder->state() == QProcess::Running);
    m_ssh->recover();
    QTRY_COMPARE_WITH_TIMEOUT(remembered(), QStringList {u"auth"_s}, patienceMs);
    QCOMPARE(end(*m_warder), Done);
}

void TestElsewhereProgram::lostConnection_isSurvived()
{
    m_warder = start({u"--connect"_s, u"auth"_s});
    QTRY_COMPARE_WITH_TIMEOUT(remembered(), QStringList {u"auth"_s}, patienceMs);
    const qsizetype before = m_ssh->calls().size();
    m_ssh->cut("Connection to auth closed by remote host.\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_ssh->calls().size() > before, patienceMs);
    m_ssh->recover();
    QTRY_VERIFY_WITH_TIMEOUT(m_ssh->calls().last().contains(u"-O forward"_s), patienceMs);
    QVERIFY(m_warder->state() == QProcess::Running);
    QCOMPARE(end(*m_warder), Done);
}

void TestElsewhereProgram::place_thatMayBeNone_isRefused_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("an option of ssh") << u"-oProxyCommand=touch /tmp/x"_s << "names no machine or address"_ba;
    QTest::newRow("words for a shell") << u"root@a;reboot"_s << "names no machine or address"_ba;
    QTest::newRow("an option as a user") << u"-F/x@auth"_s << "user's name"_ba;
    QTest::newRow("nothing") << u""_s << "names no machine"_ba;
    QTest::newRow("a folder with a colon") << u"auth:/srv:x"_s << "data directory"_ba;
}

void TestElsewhereProgram::place_thatMayBeNone_isRefused()
{
    QFETCH(QString, place);
    QFETCH(QByteArray, words);
    m_warder = start({u"--connect="_s + place});
    QVERIFY(m_warder->waitForFinished(patienceMs));
    const QByteArray said = m_warder->readAll();
    QCOMPARE(m_warder->exitCode(), int(WrongUsage));
    QVERIFY2(said.contains(words), said);
    QCOMPARE(m_ssh->calls(), QStringList());
}

void TestElsewhereProgram::otherOptions_areOfThisMachine()
{
    const QList<QStringList> others {QStringList {u"--hidden"_s}, QStringList {u"--data-dir"_s, u"/srv"_s},
                                     QStringList {u"--listen"_s, u"127.0.0.1:0"_s}, QStringList {u"word"_s}};
    for (const QStringList &more : others) {
        m_warder = start(QStringList {u"--connect"_s, u"auth"_s} + more);
        QVERIFY(m_warder->waitForFinished(patienceMs));
        QCOMPARE(m_warder->exitCode(), int(WrongUsage));
        QVERIFY(m_warder->readAll().contains("goes alone"));
    }
}

QTEST_GUILESS_MAIN(TestElsewhereProgram)
#include "TestElsewhereProgram.moc"
