#include "core/audit/AuditChain.h"
#include "core/audit/AuditStore.h"
#include "core/backup/BackupMaking.h"
#include "core/backup/BackupRestore.h"
#include "core/backup/Backups.h"
#include "core/backup/DatabaseExchange.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/storage/Database.h"
#include "core/storage/Migrator.h"
#include "tests/support/WorldTest.h"

#include <QDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

/// A backup in the place of the database, and back.
class TestBackupRestore : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void restored_isWhatItWas_andNobodyIsAThief();
    void undo_bringsBackWhatWas();
    void severalRestores_areTakenBackOneByOne_data();
    void severalRestores_areTakenBackOneByOne();
    void record_goesOnFromWhereItWas();
    void preview_countsAndNames();
    void preview_changesNothing();
    void older_isBroughtUpToDate();
    void newer_isRefused();
    void damaged_isRefused();
    void aDamagedDatabase_isReplaced_andKept();
    void anEmptyFolder_getsADatabase();
    void nothingToUndo_isSaid();
    void plan_goesBesideAServer();
    void plan_ofTheDatabaseItself_isRefused();
    void plan_canBeStopped();
    void exchange_canBeTakenBack_data();
    void exchange_canBeTakenBack();
    void exchange_toAnotherThanWasSeen_changesNothing();

private:
    QString backUp()
    {
        const QString file = m_folder->filePath(u"safe-%1.db"_s.arg(++m_backups));
        return m_world->core->backups.create(file, u"test"_s, m_clock.now()) ? file : QString();
    }
    /// The server is stopped before, and started after.
    QString restore(const QString &file);
    QString undo();
    QString databasePath() const { return m_folder->filePath(u"warder.db"_s); }
    DataDirectory directory() const { return DataDirectory::open(m_folder->path()).value(); }
    bool has(const QString &email) const { return m_world->accounts.findByEmail(email).value().has_value(); }

    CryptoLibraries m_libraries; ///< A restore records itself, while there is no world.
    int m_backups = 0;
};

QString TestBackupRestore::restore(const QString &file)
{
    m_world.reset();
    QString kept;
    {
        const DataDirectory held = directory();
        BackupRestore restoring(held.databasePath());
        const auto preview = restoring.prepare(file, m_clock.now());
        const auto done = preview.and_then([&](const auto &) { return restoring.apply(u"test"_s, m_clock.now()); });
        if (!done)
            qWarning("%s", qPrintable(done.error().detail));
        kept = done.value_or(QString());
    }
    reopen();
    return kept;
}

QString TestBackupRestore::undo()
{
    m_world.reset();
    QString undone;
    {
        const DataDirectory held = directory();
        undone = BackupRestore::undo(held, u"test"_s, m_clock.now()).value_or(QString());
    }
    reopen();
    return undone;
}

void TestBackupRestore::restored_isWhatItWas_andNobodyIsAThief()
{
    auto newest = m_world->join(u"ann@example.com"_s);
    const QString file = backUp();
    for (int i = 0; i < 3; ++i) {
        m_clock.advance(10min);
        newest = m_world->refresh(newest->refreshToken);
    }
    const auto bob = m_world->join(u"bob@example.com"_s);
    m_clock.advance(10min);
    QVERIFY(QFile::exists(restore(file)));
    QVERIFY(has(u"ann@example.com"_s) && !has(u"bob@example.com"_s));
    QVERIFY(!m_world->isGood(bob->accessToken));
    const auto first = m_world->refresh(newest->refreshToken); // of a generation that this database has never heard of
    QVERIFY(first);
    const auto parallel = m_world->refresh(newest->refreshToken);
    QVERIFY(parallel);
    QCOMPARE(parallel->refreshToken, first->refreshToken);
    m_clock.advance(10min);
    QVERIFY(m_world->refresh(first->refreshToken));
    QVERIFY(m_world->listener.names().filter(u"reuse"_s).isEmpty());
    QCOMPARE(AuditStore::newest(m_world->database->reader(), {}, u"backup_restored"_s, 9)->size(), 1);
    QVERIFY(!QFile::exists(databasePath() + u".restoring"_s));
    const auto manifest = m_world->database->reader().number(u"SELECT count(*) FROM sqlite_schema WHERE name = 'backup_manifest'"_s);
    QCOMPARE(manifest.value(), 0);
}

void TestBackupRestore::undo_bringsBackWhatWas()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const QString file = backUp();
    auto bob = m_world->join(u"bob@example.com"_s);
    m_clock.advance(10min);
    QVERIFY(!restore(file).isEmpty());
    QVERIFY(!has(u"bob@example.com"_s));
    const auto carl = m_world->join(u"carl@example.com"_s);
    m_clock.advance(10min);
    const QString undone = undo();
    QVERIFY(QFile::exists(undone));
    QVERIFY(has(u"bob@example.com"_s) && !has(u"carl@example.com"_s));
    bob = m_world->refresh(bob->refreshToken);
    QVERIFY(bob && m_world->isGood(bob->accessToken));
    QVERIFY(m_world->listener.names().filter(u"reuse"_s).isEmpty());
    QCOMPARE(AuditStore::newest(m_world->database->reader(), {}, u"restore_undone"_s, 9)->size(), 1);
}

void TestBackupRestore::severalRestores_areTakenBackOneByOne_data()
{
    QTest::addColumn<Milliseconds>("between");
    QTest::newRow("a second later") << Milliseconds {1s};
    QTest::newRow("the clock was set back") << Milliseconds {-10min};
}

void TestBackupRestore::severalRestores_areTakenBackOneByOne()
{
    QFETCH(const Milliseconds, between);
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const QString onlyAnn = backUp();
    QVERIFY(m_world->join(u"bob@example.com"_s));
    const QString both = backUp();
    QVERIFY(m_world->join(u"carl@example.com"_s));
    m_clock.advance(1s);
    QVERIFY(!restore(both).isEmpty());
    m_clock.advance(between);
    QVERIFY(!restore(onlyAnn).isEmpty());
    QVERIFY(!has(u"bob@example.com"_s));
    QVERIFY(!undo().isEmpty());
    QVERIFY(has(u"bob@example.com"_s) && !has(u"carl@example.com"_s));
    QVERIFY(!undo().isEmpty());
    QVERIFY(has(u"carl@example.com"_s));
}

/// The head of the record's chain is in the database, so each database goes on with its own.
void TestBackupRestore::record_goesOnFromWhereItWas()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const QString file = backUp();
    QVERIFY(m_world->join(u"bob@example.com"_s));
    const auto remembered = AuditChain::head(m_world->database->reader());
    QVERIFY(remembered);
    QVERIFY(!restore(file).isEmpty());
    QVERIFY(m_world->join(u"carl@example.com"_s));
    const auto restored = AuditChain::check(m_world->database->reader(), {}, 1000);
    QVERIFY(restored && restored->isWhole && restored->breaks.isEmpty());
    const auto other = AuditChain::replaced(m_world->database->reader(), *remembered);
    QVERIFY(other && other->has_value()); // whoever keeps a head elsewhere notices
    QVERIFY(!undo().isEmpty());
    const auto before = AuditChain::check(m_world->database->reader(), {}, 1000);
    QVERIFY(before && before->isWhole && before->breaks.isEmpty());
    const auto same = AuditChain::replaced(m_world->database->reader(), *remembered);
    QVERIFY(same && !same->has_value());
}

void TestBackupRestore::preview_countsAndNames()
{
    const auto ann = m_world->join(u"ann@example.com"_s);
    const auto dora = m_world->join(u"dora@example.com"_s);
    const auto eva = m_world->join(u"eva@example.com"_s);
    const QString file = backUp();
    m_clock.advance(1min);
    for (int i = 0; i < 7; ++i)
        QVERIFY(m_world->join(u"new%1@example.com"_s.arg(i)));
    QVERIFY(m_world->sessions.revokeById({ann->session.id}, SessionEnd::Admin, u"test"_s, m_clock.now()));
    QVERIFY(m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now()));
    QVERIFY(m_world->database->write([&](DbConnection &connection) {
        return connection.perform(u"UPDATE users SET name = 'Other' WHERE id = ?"_s, {bound(dora->user.id)}).and_then([&] {
            return connection.perform(u"UPDATE users SET deleted_at = 1, goes_at = 2 WHERE id = ?"_s, {bound(eva->user.id)});
        });
    }));
    m_world.reset();
    const DataDirectory held = directory();
    BackupRestore restoring(held.databasePath());
    const auto preview = restoring.prepare(file, m_clock.now());
    QVERIFY2(preview, preview ? "" : qPrintable(preview.error().detail));
    QVERIFY(preview->isReplacing);
    QVERIFY2(preview->difference, qPrintable(preview->whyUnknown));
    const BackupDifference &difference = *preview->difference;
    QCOMPARE(difference.usersLost.count, 7);
    QCOMPARE(difference.usersLost.first.size(), 5);
    QCOMPARE(difference.usersLost.first.first(), u"new0@example.com"_s);
    QCOMPARE(difference.usersBack, DifferingRows {});
    QCOMPARE(difference.usersChanged.first, (QStringList {u"dora@example.com"_s, u"eva@example.com"_s}));
    QCOMPARE(difference.sessionsLost.count, 7);
    QCOMPARE(difference.sessionsBack.count, 1);
    QCOMPARE(difference.sessionsBack.first, QStringList {u"ann@example.com"_s});
    QVERIFY(difference.keysChanged.count > 0);
}

void TestBackupRestore::preview_changesNothing()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const QString file = backUp();
    QVERIFY(m_world->join(u"bob@example.com"_s));
    m_world.reset();
    const QStringList before = QDir(m_folder->path()).entryList(QDir::Files);
    {
        const DataDirectory held = directory();
        BackupRestore restoring(held.databasePath());
        QVERIFY(restoring.prepare(file, m_clock.now()));
    }
    QStringList after = QDir(m_folder->path()).entryList(QDir::Files);
    after.removeIf([](const QString &name) { return name.endsWith("-shm"_L1) || name.endsWith("-wal"_L1); });
    QCOMPARE(after, before);
    reopen();
    QVERIFY(has(u"bob@example.com"_s));
}

void TestBackupRestore::older_isBroughtUpToDate()
{
    const QString old = m_folder->filePath(u"old.db"_s);
    {
        DbConnection connection(old, DbConnection::Access::ReadWrite);
        QVERIFY(migrate(connection, old, bundledMigrations().first(8)));
    }
    const QString file = m_folder->filePath(u"old-backup.db"_s);
    const auto made = makeBackup(old, file, m_clock.now(), {});
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(made->schema, 8);
    m_world.reset();
    const DataDirectory held = directory();
    BackupRestore restoring(held.databasePath());
    QVERIFY(restoring.prepare(file, m_clock.now()));
    QVERIFY(restoring.apply(u"test"_s, m_clock.now()));
    DbConnection connection(databasePath(), DbConnection::Access::ReadOnly);
    QCOMPARE(connection.number(u"SELECT max(version) FROM schema_migrations"_s).value(), bundledMigrations().size());
    QVERIFY(QDir(m_folder->path()).entryList({u"warder.db.restoring*"_s}, QDir::Files).isEmpty());
}

void TestBackupRestore::newer_isRefused()
{
    const QString file = backUp();
    {
        DbConnection connection(file, DbConnection::Access::ReadWrite);
        QVERIFY(connection.execute(u"UPDATE backup_manifest SET schema = 9999"_s));
        QVERIFY(connection.execute(u"PRAGMA journal_mode=DELETE"_s));
    }
    m_world.reset();
    const DataDirectory held = directory();
    BackupRestore restoring(held.databasePath());
    const auto refusal = restoring.prepare(file, m_clock.now());
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::Conflict);
    QVERIFY2(refusal.error().detail.contains(u"by a newer Warder"_s), qPrintable(refusal.error().detail));
    QCOMPARE(restoring.apply(u"test"_s, m_clock.now()).error().code, ErrorCode::Internal);
}

void TestBackupRestore::damaged_isRefused()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const QString file = backUp();
    QFile raw(file);
    QVERIFY(raw.resize(raw.size() / 2));
    m_world.reset();
    {
        const DataDirectory held = directory();
        BackupRestore restoring(held.databasePath());
        const auto refusal = restoring.prepare(file, m_clock.now());
        QCOMPARE(refusal.error().code, ErrorCode::StorageFailure);
        QVERIFY2(refusal.error().detail.contains(file), qPrintable(refusal.error().detail));
        QCOMPARE(restoring.prepare(m_folder->filePath(u"none"_s), m_clock.now()).error().code, ErrorCode::NotFound);
    }
    reopen();
    QVERIFY(has(u"ann@example.com"_s));
}

void TestBackupRestore::aDamagedDatabase_isReplaced_andKept()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const QString file = backUp();
    m_world.reset();
    const QByteArray garbage(8192, 'x');
    QFile database(databasePath());
    QVERIFY(database.open(QIODevice::WriteOnly | QIODevice::Truncate) && database.write(garbage) == garbage.size());
    database.close();
    QString kept;
    {
        const DataDirectory held = directory();
        BackupRestore restoring(held.databasePath());
        const auto preview = restoring.prepare(file, m_clock.now());
        QVERIFY2(preview, preview ? "" : qPrintable(preview.error().detail));
        QVERIFY(preview->isReplacing && !preview->difference && !preview->whyUnknown.isEmpty());
        kept = restoring.apply(u"test"_s, m_clock.now()).value();
    }
    reopen();
    QVERIFY(has(u"ann@example.com"_s));
    QFile before(kept);
    QVERIFY(before.open(QIODevice::ReadOnly));
    QCOMPARE(before.readAll(), garbage);
}

void TestBackupRestore::anEmptyFolder_getsADatabase()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const QString file = backUp();
    const QString place = m_folder->filePath(u"elsewhere"_s);
    const auto elsewhere = DataDirectory::open(place);
    QVERIFY(elsewhere);
    BackupRestore restoring(elsewhere->databasePath());
    const auto preview = restoring.prepare(file, m_clock.now());
    QVERIFY(preview && !preview->isReplacing && !preview->difference);
    QCOMPARE(restoring.apply(u"test"_s, m_clock.now()).value(), QString());
    const auto database = Database::open(place + u"/warder.db"_s, Upgrading::Never);
    QVERIFY(database);
    QCOMPARE((*database)->reader().number(u"SELECT count(*) FROM users"_s).value(), 1);
}

void TestBackupRestore::nothingToUndo_isSaid()
{
    m_world.reset();
    const DataDirectory held = directory();
    QCOMPARE(BackupRestore::undo(held, u"test"_s, m_clock.now()).error().code, ErrorCode::NotFound);
}

/// Nothing waits and nothing changes, and what was prepared goes again.
void TestBackupRestore::plan_goesBesideAServer()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const auto grown = m_world->database->write([](DbConnection &connection) { // more than is copied in one step
        return connection.perform(u"INSERT INTO facts (key, value) VALUES ('big', randomblob(2097152))"_s);
    });
    QVERIFY(grown);
    const QString file = backUp();
    QVERIFY(m_world->join(u"bob@example.com"_s));
    qint64 reported = 0;
    const auto planned =
        m_world->core->backups.planRestore(file, m_clock.now(), {.progress = [&reported](qint64 done, qint64) { reported = done; }});
    QVERIFY2(planned, planned ? "" : qPrintable(planned.error().detail));
    QCOMPARE(planned->path, file);
    QCOMPARE(planned->key, KeyFit::Fits);
    QVERIFY(planned->preview.difference);
    QCOMPARE(planned->preview.difference->usersLost.first, QStringList {u"bob@example.com"_s});
    QVERIFY(reported > 0);
    QVERIFY(QDir(m_folder->path()).entryList({u"warder.db.restoring*"_s}, QDir::Files).isEmpty());
    QVERIFY(m_world->join(u"carl@example.com"_s));
    QVERIFY(m_world->core->backups.former(m_clock.now()).isEmpty());
}

void TestBackupRestore::plan_ofTheDatabaseItself_isRefused()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const auto refusal = m_world->core->backups.planRestore(databasePath(), m_clock.now());
    QCOMPARE(refusal.error().code, ErrorCode::InvalidInput);
    QVERIFY(m_world->join(u"bob@example.com"_s));
}

void TestBackupRestore::plan_canBeStopped()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const QString file = backUp();
    const auto refusal = m_world->core->backups.planRestore(file, m_clock.now(), {.stop = [] { return true; }});
    QCOMPARE(refusal.error().code, ErrorCode::Busy);
    QVERIFY(QDir(m_folder->path()).entryList({u"warder.db.restoring*"_s}, QDir::Files).isEmpty());
    QVERIFY(m_world->core->backups.planRestore(file, m_clock.now()));
}

void TestBackupRestore::exchange_canBeTakenBack_data()
{
    QTest::addColumn<bool>("isUndo");
    QTest::newRow("a restore") << false;
    QTest::newRow("a restore that is taken back") << true;
}

/// As if what is in place then could not be opened.
void TestBackupRestore::exchange_canBeTakenBack()
{
    QFETCH(bool, isUndo);
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const QString file = backUp();
    QVERIFY(m_world->join(u"bob@example.com"_s));
    m_clock.advance(1s);
    const QString former = isUndo ? restore(file) : QString();
    QCOMPARE(has(u"bob@example.com"_s), !isUndo);
    m_world.reset();
    {
        const DataDirectory held = directory();
        auto prepared = std::make_unique<BackupRestore>(held.databasePath());
        QVERIFY(isUndo || prepared->prepare(file, m_clock.now()));
        const Id order = Id::create(m_clock.now());
        auto exchange = isUndo ? DatabaseExchange::toFormer(order, former, u"test"_s)
                               : DatabaseExchange::toBackup(order, std::move(prepared), u"test"_s);
        const RestoreOutcome outcome = exchange.carryOut(held, m_clock.now());
        QCOMPARE(outcome.problem, QString());
        QCOMPARE(outcome.order, order);
        QCOMPARE(outcome.file, isUndo ? QString() : file);
        QVERIFY(QFile::exists(outcome.kept));
        const auto back = exchange.takeBack(held, m_clock.now());
        QVERIFY2(back, back ? "" : qPrintable(back.error().detail));
        QCOMPARE(BackupRestore::keptOf(held.databasePath(), m_clock.now()), former); // it may be tried again
    }
    reopen();
    QVERIFY(has(u"ann@example.com"_s));
    QCOMPARE(has(u"bob@example.com"_s), !isUndo);
}

void TestBackupRestore::exchange_toAnotherThanWasSeen_changesNothing()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const QString file = backUp();
    QVERIFY(m_world->join(u"bob@example.com"_s));
    m_clock.advance(1s);
    const QString first = restore(file);
    m_clock.advance(1s);
    const QString second = restore(file);
    QVERIFY(!first.isEmpty() && first != second);
    m_world.reset();
    {
        const DataDirectory held = directory();
        auto exchange = DatabaseExchange::toFormer(Id::create(m_clock.now()), first, u"test"_s);
        QVERIFY(!exchange.carryOut(held, m_clock.now()).problem.isEmpty());
        QCOMPARE(BackupRestore::keptOf(held.databasePath(), m_clock.now()), second);
    }
    reopen();
    QVERIFY(!has(u"bob@example.com"_s));
}

QTEST_GUILESS_MAIN(TestBackupRestore)
#include "TestBackupRestore.moc"
