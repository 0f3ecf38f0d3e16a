#include "app/cli/ConsoleAccess.h"
#include "core/console/wire/RemoteConsole.h"
#include "tests/support/ConsoleWorld.h"

#include <QLocalServer>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

/// How long a command waits for what it ordered.
class TestConsoleAccess : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void workOnTheDatabase_isWaitedForToItsEnd();
    void silentServer_isLeft_andMayStillBeAtIt();
};

void TestConsoleAccess::workOnTheDatabase_isWaitedForToItsEnd()
{
    ConsoleWorld world;
    QPromise<Result<int>> work;
    work.start();
    QTimer::singleShot(50ms, this, [&work] {
        work.addResult(Result<int>(7));
        work.finish();
    });
    QCOMPARE(ConsoleAccess::wait(world.console, work.future(), 0ms).value_or(-1), 7);
}

void TestConsoleAccess::silentServer_isLeft_andMayStillBeAtIt()
{
    const QTemporaryDir folder;
    QLocalServer server; // takes what is said and says nothing
    QVERIFY(server.listen(folder.filePath(u"console.sock"_s)));
    RemoteConsole console;
    QVERIFY(console.connectTo(folder.filePath(u"console.sock"_s)));
    const auto answer = ConsoleAccess::wait(console, console.ask(CountUsers {}), 0ms);
    QVERIFY(!answer);
    QCOMPARE(answer.error().code, ErrorCode::Busy);
    QVERIFY2(answer.error().detail.contains(u"may still be at it"_s), qPrintable(answer.error().detail));
}

QTEST_GUILESS_MAIN(TestConsoleAccess)
#include "TestConsoleAccess.moc"
