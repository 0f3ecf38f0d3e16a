#include "core/console/orders/Backups.h"
#include "tests/support/ConsoleWorld.h"

#include <QDir>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

/// A restore is carried out as it was seen, or not at all.
class TestRestoreOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_w.reset(); }

    void seen_isHandedOver();
    void handedOver_nothingElseIsPrepared();
    void otherUsers_areAConflict();
    void sessionsThatCameMeanwhile_areNone();
    void whoeverDidNotLook_meansWhateverItIs();
    void anotherBackup_isAConflict();
    void anotherMasterKey_isAConflict();
    void nonsense_isRefused_data();
    void nonsense_isRefused();
    void undo_ofWhatWasNotSeen_isRefused();
    void outcome_isListed();

private:
    template <typename Order>
    auto ask(Order order)
    {
        return got(m_w->console.ask(std::move(order)));
    }
    RestorePreview look() { return ask(PreviewRestore {.file = m_file}).value(); }
    Result<void> restore(const RestorePreview &seen) { return ask(RestoreBackup {.order = Id::create(m_w->clock.now()), .seen = seen}); }
    QStringList prepared() const { return QDir(m_w->folder.path()).entryList({u"warder.db.restoring*"_s}, QDir::Files); }

    std::unique_ptr<ConsoleWorld> m_w;
    QString m_file; ///< A backup with one account, of two that are there now.
};

void TestRestoreOrders::init()
{
    m_w = std::make_unique<ConsoleWorld>();
    m_w->join(u"ann@example.com"_s);
    m_file = m_w->folder.filePath(u"one.db"_s);
    QVERIFY(ask(CreateBackup {.file = m_file}));
    m_w->clock.advance(1s);
    m_w->join(u"bob@example.com"_s);
}

void TestRestoreOrders::seen_isHandedOver()
{
    const RestorePreview seen = look();
    QCOMPARE(seen.users, 1);
    QCOMPARE(seen.difference->usersLost.count, 1);
    QVERIFY(prepared().isEmpty() && !m_w->server.exchanged);
    const auto taken = restore(seen);
    QVERIFY2(taken, taken ? "" : qPrintable(taken.error().detail));
    QVERIFY(m_w->server.exchanged);
    QVERIFY(!prepared().isEmpty()); // for whoever carries it out
    m_w->server.exchanged.reset();
    QVERIFY(prepared().isEmpty());
}

/// It would come in the place of what the server ends for.
void TestRestoreOrders::handedOver_nothingElseIsPrepared()
{
    const RestorePreview seen = look();
    QVERIFY(restore(seen));
    QCOMPARE(ask(PreviewRestore {.file = m_file}).error().code, ErrorCode::Busy);
    QCOMPARE(restore(seen).error().code, ErrorCode::Busy);
    QVERIFY(!prepared().isEmpty());
}

void TestRestoreOrders::otherUsers_areAConflict()
{
    const RestorePreview seen = look();
    m_w->join(u"carl@example.com"_s);
    QCOMPARE(restore(seen).error().code, ErrorCode::Conflict);
    QVERIFY(!m_w->server.exchanged && prepared().isEmpty());
    QVERIFY(restore(look()));
}

void TestRestoreOrders::sessionsThatCameMeanwhile_areNone()
{
    const RestorePreview seen = look();
    QVERIFY(m_w->world.login(u"ann@example.com"_s));
    QVERIFY(restore(seen));
}

void TestRestoreOrders::whoeverDidNotLook_meansWhateverItIs()
{
    RestorePreview seen = look();
    seen.difference.reset();
    m_w->join(u"carl@example.com"_s);
    QVERIFY(restore(seen));
}

void TestRestoreOrders::anotherBackup_isAConflict()
{
    const RestorePreview seen = look();
    QVERIFY(QFile::remove(m_file));
    QVERIFY(ask(CreateBackup {.file = m_file}));
    QCOMPARE(restore(seen).error().code, ErrorCode::Conflict);
    QVERIFY(!m_w->server.exchanged);
}

/// The server could not open it, and nobody could sign in until somebody has brought the key.
void TestRestoreOrders::anotherMasterKey_isAConflict()
{
    QVERIFY(m_w->world.core->masterKeys.rotate(u"test"_s, m_w->clock.now()));
    const RestorePreview seen = look();
    QCOMPARE(seen.key, KeyFit::Other);
    const auto refusal = restore(seen);
    QCOMPARE(refusal.error().code, ErrorCode::Conflict);
    QVERIFY2(refusal.error().detail.contains(seen.keyCode), qPrintable(refusal.error().detail));
    QVERIFY(!m_w->server.exchanged);
}

void TestRestoreOrders::nonsense_isRefused_data()
{
    QTest::addColumn<bool>("hasOrder");
    QTest::addColumn<QString>("file");
    QTest::newRow("no id") << false << u"/tmp/one.db"_s;
    QTest::newRow("no path") << true << u"one.db"_s;
    QTest::newRow("nothing") << true << QString();
}

void TestRestoreOrders::nonsense_isRefused()
{
    QFETCH(const bool, hasOrder);
    QFETCH(const QString, file);
    const RestoreBackup order {.order = hasOrder ? Id::create(m_w->clock.now()) : Id(),
                               .seen = {.file = file, .createdAt = {}, .digest = {}}};
    QCOMPARE(ask(order).error().code, ErrorCode::InvalidInput);
}

void TestRestoreOrders::undo_ofWhatWasNotSeen_isRefused()
{
    const Id order = Id::create(m_w->clock.now());
    QCOMPARE(ask(UndoRestore {.order = order, .former = u"/x"_s}).error().code, ErrorCode::NotFound);
    const QString kept = m_w->folder.filePath(u"warder.db.before-restore-20200101T000000000Z"_s);
    QVERIFY(QFile(kept).open(QIODevice::WriteOnly));
    QCOMPARE(ask(UndoRestore {.order = order, .former = u"/x"_s}).error().code, ErrorCode::Conflict);
    QVERIFY(!m_w->server.exchanged);
    QVERIFY(ask(UndoRestore {.order = order, .former = kept}));
    QVERIFY(m_w->server.exchanged);
}

void TestRestoreOrders::outcome_isListed()
{
    QVERIFY(!ask(ListBackups {})->lastRestore);
    const TimePoint now = m_w->clock.now();
    const RestoreOutcome outcome {.order = Id::create(now), .at = now, .file = m_file, .problem = u"no such key"_s};
    m_w->world.core->backups.noteRestore(outcome);
    QVERIFY(*ask(ListBackups {})->lastRestore == outcome);
    QVERIFY(m_w->world.core->health.has(u"restore_failed"_s));
    m_w->world.core->health.endOverdue(now + 2h);
    QVERIFY(!m_w->world.core->health.has(u"restore_failed"_s));
}

QTEST_GUILESS_MAIN(TestRestoreOrders)
#include "TestRestoreOrders.moc"
