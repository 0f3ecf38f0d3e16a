#include "app/cli/ConsoleAccess.h"
#include "app/cli/ExitCode.h"
#include "core/storage/DataDirectory.h"
#include "tests/app/WarderProcess.h"

#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr int patienceMs = 60'000;

template <typename T>
Result<T> got(const Answer<T> &answer)
{
    return ConsoleAccess::wait(answer);
}

} // namespace

/// The program with the window, on no screen.
class TestDesktopProgram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void refusedStart_leavesAWindowThatCanStartIt();
    void hangUp_reloads();

private:
    void begin(quint16 port);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WarderProcess> m_warder;
    std::unique_ptr<RemoteConsole> m_console;      ///< What the window does, from here.
};

void TestDesktopProgram::init()
{
    m_console.reset();
    m_warder.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s), QStringList {u"QT_QPA_PLATFORM=offscreen"_s}, QStringLiteral(WARDER));
}

void TestDesktopProgram::begin(quint16 port)
{
    m_warder->begin(quickSettings() + QStringList {u"--listen"_s, u"127.0.0.1:%1"_s.arg(port)});
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
    const auto server = [this] { return got(m_console->overview())->server; };
    const QString problem = u"cannot listen on 127.0.0.1:%1: another program uses this port: stop it, or choose another port with http.listen"_s.arg(other.serverPort());
    QTRY_COMPARE_WITH_TIMEOUT(server().state, ServerState::Failed, patienceMs);
    QCOMPARE(server().problem, problem);
    QVERIFY(got(m_console->reloadServer()));
    QCOMPARE(server().problem, problem);   // it is none the better for settings that were read anew
    QCOMPARE(got(m_console->startServer()).error().detail, problem);
    const quint16 port = other.serverPort();
    other.close();
    QCOMPARE(got(m_console->startServer())->state, ServerState::Running);
    QCOMPARE(server().problem, QString());
    QCOMPARE(ApiClient(port).get("/health/ready").status(), 200);
    QCOMPARE(m_warder->stop(), Done);
}

void TestDesktopProgram::hangUp_reloads()
{
    begin(0);
    QTRY_COMPARE_WITH_TIMEOUT(got(m_console->overview())->server.state, ServerState::Running, patienceMs);
    const QString url = got(m_console->overview())->server.url;
    const ApiClient client(url.section(u':', -1).toUShort());
    QVERIFY(m_warder->configure("http.allowed_origins = https://app.example\n"));
    m_warder->signal(SIGHUP);
    QTRY_COMPARE_WITH_TIMEOUT(client.get("/session", {"Origin: https://app.example"}).header("access-control-allow-origin"), "https://app.example"_ba, patienceMs);
    QCOMPARE(m_warder->stop(), Done);
}

QTEST_GUILESS_MAIN(TestDesktopProgram)
#include "TestDesktopProgram.moc"
