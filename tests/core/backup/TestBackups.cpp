#include "core/alarms/AlarmStore.h"
#include "core/audit/AuditStore.h"
#include "core/backup/BackupDigest.h"
#include "core/backup/Backups.h"
#include "core/config/SettingLayers.h"
#include "core/platform/Files.h"
#include "core/storage/Database.h"
#include "tests/support/WorldTest.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QScopeGuard>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

/// Backups of a running core, and how bad ones are told from good ones.
class TestBackups : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void backup_isOneFileForItsOwnerAlone();
    void backup_holdsNoMasterKey();
    void digest_isWhatAStrangerComputes();
    void digest_standsBehindZeros();
    void everyRowOfBefore_isInIt_whileWritesGoOn();
    void stopped_leavesNothing();
    void fullDisk_leavesNothing();
    void takenName_isRefused();
    void list_isNewestFirst();
    void rawCopy_isLookedAtWithoutATrace();
    void bad_isFoundOut_data();
    void bad_isFoundOut();
    void ownDatabase_isNeverOpened_data();
    void ownDatabase_isNeverOpened();
    void verdict_isRemembered();
    void otherMasterKey_isTold();
    void due_isMade_andOldOnesGo();
    void folderOfSeveralServers_isShared();
    void clockSetBack_keepsTheNewOne();
    void failure_isToldOnce_andEnds();
    void closing_makesNoMore();

private:
    Backups &backups() { return m_world->core->backups; }
    Result<KnownBackup> create(const QString &name = u"one.db"_s, const BackupSteps &steps = {})
    {
        return backups().create(path(name), u"test"_s, m_clock.now(), steps);
    }
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QStringList leftovers() const { return QDir(m_folder->path()).entryList({u"one.db*"_s}, QDir::Files | QDir::Hidden); }
    /// So much that a copy has several steps.
    void grow(int mebibytes);
    void set(const QStringList &settings);
    /// Those that stay, once the server has looked at its health.
    QList<RaisedAlarm> alarms();
};

void TestBackups::grow(int mebibytes)
{
    for (int i = 0; i < mebibytes; ++i)
        QVERIFY(m_world->database->write([i](DbConnection &connection) {
            return connection.perform(u"INSERT INTO facts (key, value) VALUES (?, randomblob(1048576))"_s, {u"big %1"_s.arg(i)});
        }));
}

void TestBackups::set(const QStringList &settings) { m_world->core->settings.replace(Settings::load(readCommandLine(settings)).value()); }

QList<RaisedAlarm> TestBackups::alarms()
{
    Core &core = *m_world->core;
    core.alarms.watch(core.health.problems(), m_clock.now());
    core.alarms.store();
    QList<RaisedAlarm> all;
    (void)AlarmStore::each(m_world->database->reader(), {}, {}, [&all](const StoredAlarm &alarm) {
        all += alarm.raised;
        return true;
    });
    return all;
}

void TestBackups::backup_isOneFileForItsOwnerAlone()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    const auto made = create();
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(leftovers(), QStringList {u"one.db"_s});
    const auto status = platform::linkStatusOf(path(u"one.db"_s));
    QCOMPARE(status->mode, 0600);
    const BackupManifest manifest = made->checked.manifest.value();
    QCOMPARE(manifest.users, 1);
    QCOMPARE(manifest.sessions, 1);
    QVERIFY(manifest.keys > 0 && manifest.schema > 0);
    QCOMPARE(manifest.createdAt, m_clock.now());
    QCOMPARE(manifest.keyCode, m_world->core->masterKeys.state().checkCode);
    QCOMPARE(made->key, KeyFit::Fits);
    QCOMPARE(*backups().last().value(), m_clock.now());
    QCOMPARE(AuditStore::newest(m_world->database->reader(), {}, u"backup_created"_s, 9)->size(), 1);
    DbConnection copy(path(u"one.db"_s), DbConnection::Access::ReadOnly);
    const auto mode = copy.one(u"PRAGMA journal_mode"_s, {}, [](const Row &row) { return row.text(0); });
    QCOMPARE(mode->value(), u"delete"_s); // so that it opens where nobody may write
}

void TestBackups::backup_holdsNoMasterKey()
{
    QVERIFY(create());
    QFile key(path(u"master.key"_s));
    QFile copy(path(u"one.db"_s));
    QVERIFY(key.open(QIODevice::ReadOnly) && copy.open(QIODevice::ReadOnly));
    const QByteArray text = key.readAll().trimmed();
    const QByteArray all = copy.readAll();
    QVERIFY(!all.contains(text));
    QVERIFY(!all.contains(QByteArray::fromBase64(text)));
}

/// As docs/operating.md says it.
void TestBackups::digest_isWhatAStrangerComputes()
{
    grow(2);
    const auto made = create();
    QVERIFY(made);
    QFile file(path(u"one.db"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray all = file.readAll();
    const QByteArray digest = made->checked.manifest->digest;
    QCOMPARE(all.count(digest), 1);
    all.replace(digest, QByteArray(64, '0'));
    QCOMPARE(QCryptographicHash::hash(all, QCryptographicHash::Sha256).toHex(), digest);
}

void TestBackups::digest_standsBehindZeros()
{
    QFile file(path(u"page"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a check code that ends in 000" + backup_digest::blank());
    file.close();
    const BackupManifestStore::Page page {.offset = 0, .size = file.size()};
    const QByteArray digest(64, 'd');
    QVERIFY(backup_digest::write(file.fileName(), page, digest));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "a check code that ends in 000" + digest);
}

void TestBackups::everyRowOfBefore_isInIt_whileWritesGoOn()
{
    constexpr int writes = 1000;
    grow(8);
    std::atomic<int> committed {0};
    std::jthread writer([&] {
        for (int i = 0; i < writes; ++i) {
            const auto written = m_world->database->write([i](DbConnection &connection) {
                return connection.perform(u"INSERT INTO facts (key, value) VALUES (?, x'00')"_s, {u"row %1"_s.arg(i, 4, 10, QChar(u'0'))});
            });
            committed += written.has_value();
        }
    });
    QTRY_VERIFY(committed > 100);
    const int before = committed;
    const auto made = create();
    const int after = committed;
    writer.join();
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(committed.load(), writes);
    DbConnection copy(path(u"one.db"_s), DbConnection::Access::ReadOnly);
    const qint64 held = copy.number(u"SELECT count(*) FROM facts WHERE key LIKE 'row %'"_s).value();
    QVERIFY2(held >= before && held <= after, qPrintable(u"%1: %2 of %3"_s.arg(held).arg(before).arg(after)));
    const auto last = copy.one(u"SELECT max(key) FROM facts WHERE key LIKE 'row %'"_s, {}, [](const Row &row) { return row.text(0); });
    QCOMPARE(last->value(), u"row %1"_s.arg(held - 1, 4, 10, QChar(u'0'))); // those of one moment, none left out
}

void TestBackups::stopped_leavesNothing()
{
    grow(4);
    int told = 0;
    const auto made = create(u"one.db"_s, {.progress = [&told](qint64 done, qint64 all) { told += done > 0 && done <= all; },
                                           .stop = [&told] { return told > 0; }});
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::Busy);
    QCOMPARE(told, 1);
    QCOMPARE(leftovers(), QStringList());
    QVERIFY(create()); // and the next one is made
}

/// A file that may grow no further is what a full disk is to whoever writes it.
void TestBackups::fullDisk_leavesNothing()
{
    grow(8);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit former {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &former), 0);
    rlimit less = former;
    less.rlim_cur = 4 * 1024 * 1024;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &less), 0);
    const auto again = qScopeGuard([&former] { setrlimit(RLIMIT_FSIZE, &former); });
    const auto made = create();
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::StorageUnavailable);
    QCOMPARE(leftovers(), QStringList());
}

void TestBackups::takenName_isRefused()
{
    QVERIFY(create());
    const auto second = create();
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Conflict);
    QVERIFY(!backups().verify(path(u"one.db"_s), m_clock.now())->checked.fault); // the first one is as it was
}

void TestBackups::list_isNewestFirst()
{
    QVERIFY(backups().list()->isEmpty());
    for (int i = 0; i < 3; ++i) {
        QVERIFY(backups().create({}, u"test"_s, m_clock.now()));
        m_clock.advance(1h);
    }
    const auto all = backups().list();
    QCOMPARE(all->size(), 3);
    QVERIFY(all->first().checked.manifest->createdAt > all->last().checked.manifest->createdAt);
    QVERIFY(all->first().path.startsWith(path(u"backups/warder-"_s)));
    QVERIFY(all->first().verdict && !all->first().verdict->fault);
}

/// Of a database with a write-ahead log, under a name that means something to SQLite.
void TestBackups::rawCopy_isLookedAtWithoutATrace()
{
    const QStringList only {u"raw ?#%41.db"_s};
    const QDir folder(path(u"backups"_s));
    QVERIFY(folder.mkpath(u"."_s));
    {
        DbConnection raw(folder.filePath(only.first()), DbConnection::Access::ReadWrite);
        QVERIFY(raw.execute(u"CREATE TABLE things (id INTEGER)"_s));
    }
    const auto files = [&folder] { return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden); };
    QCOMPARE(files(), only);
    const auto all = backups().list();
    QCOMPARE(all->size(), 1);
    QVERIFY(all->first().checked.fault == BackupFault::NoBackup);
    QVERIFY(backups().verify(only.first(), m_clock.now())->checked.fault == BackupFault::NoBackup);
    QCOMPARE(files(), only);
}

void TestBackups::bad_isFoundOut_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<BackupFault>("fault");
    QTest::newRow("a database without a manifest") << u"other"_s << BackupFault::NoBackup;
    QTest::newRow("no database") << u"text"_s << BackupFault::Damaged;
    QTest::newRow("half of it") << u"half"_s << BackupFault::Damaged;
    QTest::newRow("one bit in a value") << u"bit"_s << BackupFault::Changed;
    QTest::newRow("a row more") << u"row"_s << BackupFault::Changed;
    QTest::newRow("a session without its user") << u"orphan"_s << BackupFault::Orphans;
    QTest::newRow("of a newer Warder") << u"newer"_s << BackupFault::Newer;
}

void TestBackups::bad_isFoundOut()
{
    QFETCH(const QString, how);
    QFETCH(const BackupFault, fault);
    QVERIFY(m_world->join(u"ann@example.com"_s));
    grow(2);
    QVERIFY(create());
    const QString file = path(u"one.db"_s);
    const auto change = [&file](const QString &sql) {
        DbConnection connection(file, DbConnection::Access::ReadWrite);
        QVERIFY(connection.execute(u"PRAGMA foreign_keys=OFF"_s));
        QVERIFY(connection.execute(sql));
        QVERIFY(connection.execute(u"PRAGMA journal_mode=DELETE"_s));
    };
    QFile raw(file);
    if (how == "other"_L1)
        change(u"DROP TABLE backup_manifest"_s);
    else if (how == "row"_L1)
        change(u"INSERT INTO facts (key, value) VALUES ('more', x'00')"_s);
    else if (how == "orphan"_L1)
        change(u"DELETE FROM users"_s);
    else if (how == "newer"_L1)
        change(u"UPDATE backup_manifest SET schema = 9999"_s);
    else if (how == "half"_L1)
        QVERIFY(raw.resize(raw.size() / 2));
    else if (how == "text"_L1)
        QVERIFY(raw.resize(0) && raw.open(QIODevice::WriteOnly) && raw.write(QByteArray(8192, 'x')) == 8192);
    else {
        const qint64 place = raw.size() / 2 + 1000; // within the large values, and not where SQLite keeps which page comes next
        QVERIFY(raw.open(QIODevice::ReadWrite) && raw.seek(place));
        const char was = raw.read(1).at(0);
        QVERIFY(raw.seek(place) && raw.putChar(char(was ^ 1)));
    }
    raw.close();
    const auto checked = backups().verify(file, m_clock.now());
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));
    QVERIFY(checked->checked.fault);
    QVERIFY2(*checked->checked.fault == fault, qPrintable(nameOf(*checked->checked.fault) + u": "_s + checked->checked.detail));
    QVERIFY(!checked->checked.detail.isEmpty());
    QCOMPARE(backups().verify(path(u"none.db"_s), m_clock.now()).error().code, ErrorCode::NotFound);
    QCOMPARE(backups().verify(path(u"warder.db"_s), m_clock.now()).error().code, ErrorCode::InvalidInput);
}

void TestBackups::ownDatabase_isNeverOpened_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("itself") << u"warder.db"_s;
    QTest::newRow("its log") << u"warder.db-wal"_s;
    QTest::newRow("the locks of its log") << u"warder.db-shm"_s;
    QTest::newRow("itself, by another name") << u"second.db"_s;
    QTest::newRow("its locks, by another name") << u"second.locks"_s;
    QTest::newRow("by a link") << u"link.db"_s;
}

void TestBackups::ownDatabase_isNeverOpened()
{
    QFETCH(const QString, file);
    QVERIFY(platform::linkFile(path(u"warder.db"_s), path(u"second.db"_s)));
    QVERIFY(platform::linkFile(path(u"warder.db-shm"_s), path(u"second.locks"_s)));
    QVERIFY(QFile::link(u"warder.db"_s, path(u"link.db"_s)));
    const auto checked = backups().verify(path(file), m_clock.now());
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::InvalidInput);
}

void TestBackups::verdict_isRemembered()
{
    const auto made = backups().create({}, u"test"_s, m_clock.now());
    QVERIFY(made);
    QFile file(made->path);
    QVERIFY(file.resize(file.size() / 2));
    m_clock.advance(1h);
    QVERIFY(backups().verify(made->path, m_clock.now())->checked.fault);
    reopen();
    const auto all = backups().list();
    QCOMPARE(all->size(), 1);
    QCOMPARE(all->first().verdict->at, m_clock.now());
    QVERIFY(all->first().verdict->fault);
}

void TestBackups::otherMasterKey_isTold()
{
    QVERIFY(create());
    QCOMPARE(backups().verify(path(u"one.db"_s), m_clock.now())->key, KeyFit::Fits);
    QVERIFY(m_world->core->masterKeys.rotate(u"test"_s, m_clock.now()));
    const auto checked = backups().verify(path(u"one.db"_s), m_clock.now());
    QCOMPARE(checked->key, KeyFit::Other);
    QVERIFY(!checked->checked.fault);
}

void TestBackups::due_isMade_andOldOnesGo()
{
    set({u"backup.keep=2"_s});
    backups().runDue(m_clock.now());
    QVERIFY(backups().list()->isEmpty()); // there is nothing to lose yet
    QVERIFY(m_world->join(u"ann@example.com"_s));
    QVERIFY(create(u"backups/by-name.db"_s));
    for (int i = 0; i < 4; ++i) {
        m_clock.advance(24h);
        backups().runDue(m_clock.now());
        backups().runDue(m_clock.now()); // not again
    }
    const auto all = backups().list();
    QCOMPARE(all->size(), 3);
    QCOMPARE(all->first().checked.manifest->createdAt, m_clock.now());
    QVERIFY(all->last().path.endsWith(u"by-name.db"_s)); // whoever named one wants to keep it
    set({u"backup.every=0"_s});
    m_clock.advance(240h);
    backups().runDue(m_clock.now());
    QCOMPARE(backups().list()->size(), 3);
}

/// Each takes away its own: by their names, and by what is in them where an earlier version named them.
void TestBackups::folderOfSeveralServers_isShared()
{
    set({u"backup.keep=1"_s});
    QVERIFY(m_world->join(u"ann@example.com"_s));
    backups().runDue(m_clock.now());
    const QDir folder(path(u"backups"_s));
    const auto files = [&folder] { return QDir(folder.path()).entryList(QDir::Files, QDir::Name); };
    const QString own = files().value(0);
    const QString code = own.chopped(3).last(8);
    const auto lay = [&folder](const QString &name, TimePoint writtenAt) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1 && file.flush());
        QVERIFY(file.setFileTime(QDateTime::fromMSecsSinceEpoch(toMilliseconds(writtenAt)), QFileDevice::FileModificationTime));
    };
    m_clock.advance(24h);
    const TimePoint now = m_clock.now();
    const QStringList others {u"warder-20200101T000000001Z-00000000.db"_s, u"warder-20200101T000000002Z-00000000.db.part"_s,
                              u"warder-20200101T000000003Z.db"_s, u"warder-20200101T000000004Z.db.part"_s, u"warder-by-name.db"_s};
    for (const QString &name : others)
        lay(name, now);
    QVERIFY(QFile::copy(folder.filePath(own), folder.filePath(u"warder-20200101T000000005Z.db"_s)));
    lay(u"warder-20200101T000000006Z-%1.db.part"_s.arg(code), now);
    lay(u"warder-20200101T000000007Z.db.part"_s, now - 25h);
    backups().runDue(now);
    QCOMPARE(files(), others.first(4) + QStringList {files().value(4)} + others.last(1));
    QVERIFY(files().value(4) > own && files().value(4).endsWith(code + u".db"_s));
}

/// Those of a clock that was wrong stand behind it, whatever their names say.
void TestBackups::clockSetBack_keepsTheNewOne()
{
    set({u"backup.keep=2"_s});
    QVERIFY(m_world->join(u"ann@example.com"_s));
    m_clock.advance(10'000h);
    for (int i = 0; i < 3; ++i) {
        backups().runDue(m_clock.now());
        m_clock.advance(24h);
    }
    m_clock.advance(-10'000h);
    for (int i = 0; i < 3; ++i) {
        m_clock.advance(24h);
        backups().runDue(m_clock.now());
        const auto all = backups().list();
        QCOMPARE(all->size(), 2);
        QVERIFY(std::ranges::any_of(*all, [this](const KnownBackup &one) { return one.checked.manifest->createdAt == m_clock.now(); }));
    }
}

void TestBackups::failure_isToldOnce_andEnds()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    QFile blocking(path(u"blocking"_s));
    QVERIFY(blocking.open(QIODevice::WriteOnly));
    set({u"backup.directory="_s + path(u"blocking/backups"_s)});
    for (int i = 0; i < 3; ++i) {
        backups().runDue(m_clock.now());
        QCOMPARE(alarms().size(), 1);
        m_clock.advance(15min);
    }
    QVERIFY(m_world->core->health.has(u"backup_failed"_s));
    QCOMPARE(alarms().first().about, u"backup_failed"_s);
    QCOMPARE(alarms().first().times, 1);
    const QList<Change> told = m_world->core->journal.since(0).changes;
    QCOMPARE(std::ranges::count_if(told, [](const Change &change) { return std::holds_alternative<Alarm>(change); }), 1);
    set({});
    backups().runDue(m_clock.now());
    QVERIFY(!m_world->core->health.has(u"backup_failed"_s));
    QCOMPARE(backups().list()->size(), 1);
}

void TestBackups::closing_makesNoMore()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    backups().close();
    backups().runDue(m_clock.now());
    QVERIFY(!m_world->core->health.has(u"backup_failed"_s));
    QCOMPARE(create().error().code, ErrorCode::Busy);
}

QTEST_GUILESS_MAIN(TestBackups)
#include "TestBackups.moc"
