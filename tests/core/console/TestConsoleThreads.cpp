#include "core/console/orders/Backups.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"
#include "core/storage/Database.h"
#include "tests/support/ConsoleWorld.h"

#include <QScopeGuard>

#include <atomic>
#include <latch>
#include <memory>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Nobody waits behind work that takes long: it has threads of its own.
class TestConsoleThreads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void overviewAndLists_areAnswered_whileSessionsEnd();
};

/// Both orders end sessions and wait for the writer, which somebody holds.
void TestConsoleThreads::overviewAndLists_areAnswered_whileSessionsEnd()
{
    ConsoleWorld w;
    w.join(u"ann@example.com"_s);
    w.join(u"bob@example.com"_s);
    std::latch isHeld {1};
    std::atomic<bool> isOver = false;
    const std::jthread holder([&] {
        (void)w.world.database->write([&](Transaction &) -> Result<void> {
            isHeld.count_down();
            isOver.wait(false);
            return {};
        });
    });
    const auto letGo = [&isOver] {
        isOver = true;
        isOver.notify_all();
    };
    const auto end = qScopeGuard(letGo);
    isHeld.wait();
    const auto ofAnn = w.console.ask(RevokeShown {.filter = {.text = u"ann@example.com"_s}, .seen = 1});
    const auto ofBob = w.console.ask(RevokeShown {.filter = {.text = u"bob@example.com"_s}, .seen = 1});
    const auto backup = w.console.ask(CreateBackup {.file = w.folder.filePath(u"one.db"_s)});
    const auto overview = got(w.console.ask(ReadOverview {}));
    QVERIFY(overview && overview->counts);
    QCOMPARE(overview->counts->liveSessions, 2);
    QCOMPARE(got(w.console.ask(FindUser {.user = u"ann@example.com"_s}))->email, u"ann@example.com"_s); // as for all that is quick
    QCOMPARE(got(w.console.ask(ListSessions {.limit = 10}))->rows.size(), 2);
    QCOMPARE(got(w.console.ask(ListUsers {.limit = 10}))->rows.size(), 2);
    QVERIFY(!ofAnn.isFinished() && !ofBob.isFinished() && !backup.isFinished());
    letGo();
    QCOMPARE(got(ofAnn).value_or(-1), 1);
    QCOMPARE(got(ofBob).value_or(-1), 1);
    QVERIFY(got(backup));
    QCOMPARE(got(w.console.ask(ListSessions {.limit = 10}))->rows.size(), 0);
}

QTEST_GUILESS_MAIN(TestConsoleThreads)
#include "TestConsoleThreads.moc"
