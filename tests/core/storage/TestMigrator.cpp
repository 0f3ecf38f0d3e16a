#include "core/sessions/SessionStore.h"
#include "core/storage/Migrator.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace warder;
using namespace Qt::StringLiterals;

class TestMigrator : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void split_data();
    void split();
    void split_takesLongTexts();

    void bundled_areInOrderAndRun();
    void usersOfAnOlderDatabase_areFoundAndCounted();
    void sigmasOfAnOlderDatabase_becomeOne();
    void keysOfAnOlderDatabase_verifyForLongEnough();
    void passwordsOfAnOlderDatabase_becomeCredentials();
    void upgradeThatFails_leavesEverything();
    void migrations_runOnceAndInOrder();
    void whatDoesNotFit_isRefusedUntouched_data();
    void whatDoesNotFit_isRefusedUntouched();
    void anotherProgramsDatabase_isLeftAlone();
    void anotherProgramsMarks_areRefused_data();
    void anotherProgramsMarks_areRefused();
    void whoMayNotUpgrade_changesNothing();
    void anEmptiedDatabase_isNotANewOne();
    void aFailingStatement_undoesItsWholeMigration();
    void anOlderDatabase_isCopiedFirst();
    void aReplacedTable_keepsItsChildren();
    void aLostParent_isRefused();

private:
    static QStringList columns(DbConnection &connection, const QString &sql);
    static QStringList tables(DbConnection &connection);
    static void makeFourthVersion(const QString &path);
    static Result<void> migrateAt(const QString &path, const QList<Migration> &migrations);
};

namespace {

const Migration first {.version = 1, .name = u"0001_first"_s, .sql = "CREATE TABLE a (x INTEGER);\nINSERT INTO a VALUES (1);\n"};
const Migration second {.version = 2, .name = u"0002_second"_s, .sql = "ALTER TABLE a ADD COLUMN y INTEGER;\nUPDATE a SET y = x + 1;\n"};
const Migration third {.version = 3, .name = u"0003_third"_s, .sql = "CREATE TABLE b (y INTEGER);\nINSERT INTO b SELECT y FROM a;\n"};

} // namespace

QStringList TestMigrator::columns(DbConnection &connection, const QString &sql)
{
    return connection.all(sql, {}, [](const Row &row) { return row.text(0); }).value();
}

QStringList TestMigrator::tables(DbConnection &connection)
{
    return columns(connection, u"SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"_s);
}

Result<void> TestMigrator::migrateAt(const QString &path, const QList<Migration> &migrations)
{
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    return migrate(connection, path, migrations);
}

void TestMigrator::split_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QStringList>("statements");
    QTest::newRow("nothing") << u""_s << QStringList {};
    QTest::newRow("only semicolons and space") << u" ;\n;; "_s << QStringList {};
    QTest::newRow("two") << u"SELECT 1;\nSELECT 2;"_s << QStringList {u"SELECT 1"_s, u"SELECT 2"_s};
    QTest::newRow("no semicolon at the end") << u"SELECT 1; SELECT 2"_s << QStringList {u"SELECT 1"_s, u"SELECT 2"_s};
    QTest::newRow("in a text") << u"SELECT 'a;b'; SELECT 2"_s << QStringList {u"SELECT 'a;b'"_s, u"SELECT 2"_s};
    QTest::newRow("after a doubled quote") << u"SELECT 'it''s; here'; SELECT 2"_s << QStringList {u"SELECT 'it''s; here'"_s, u"SELECT 2"_s};
    QTest::newRow("in quoted names") << u"SELECT \"a;\", `b;`, [c;]; SELECT 2"_s
                                     << QStringList {u"SELECT \"a;\", `b;`, [c;]"_s, u"SELECT 2"_s};
    QTest::newRow("in a line comment") << u"SELECT 1 -- one; or 'two\n; SELECT 2"_s << QStringList {u"SELECT 1"_s, u"SELECT 2"_s};
    QTest::newRow("in a block comment") << u"SELECT 1 /* one;\n'two */; SELECT 2"_s << QStringList {u"SELECT 1"_s, u"SELECT 2"_s};
    QTest::newRow("a comment is a space") << u"SELECT/*x*/1"_s << QStringList {u"SELECT 1"_s};
    QTest::newRow("a comment without an end") << u"SELECT 1; /* SELECT 2;"_s << QStringList {u"SELECT 1"_s};
    QTest::newRow("comment marks in a text") << u"SELECT '--', '/*'; SELECT 2"_s << QStringList {u"SELECT '--', '/*'"_s, u"SELECT 2"_s};
    QTest::newRow("minus minus one") << u"SELECT 2- -1; SELECT 4/2"_s << QStringList {u"SELECT 2- -1"_s, u"SELECT 4/2"_s};
    const QString trigger = u"CREATE TRIGGER t AFTER INSERT ON a begin DELETE FROM b; DELETE FROM c; end"_s;
    QTest::newRow("a trigger") << trigger + u"; SELECT 2"_s << QStringList {trigger, u"SELECT 2"_s};
    const QString branching = u"CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET x = CASE y WHEN 1 THEN 2 END; DELETE FROM c; END"_s;
    QTest::newRow("a case in a trigger") << branching + u"; SELECT 2"_s << QStringList {branching, u"SELECT 2"_s};
    QTest::newRow("words that only begin so") << u"SELECT ending, begin_at, cases; SELECT 2"_s
                                              << QStringList {u"SELECT ending, begin_at, cases"_s, u"SELECT 2"_s};
    QTest::newRow("foreign letters") << u"SELECT 'ünï;🜂'; SELECT 2"_s << QStringList {u"SELECT 'ünï;🜂'"_s, u"SELECT 2"_s};
}

void TestMigrator::split()
{
    QFETCH(QString, sql);
    QFETCH(QStringList, statements);
    QCOMPARE(splitStatements(sql), statements);
}

void TestMigrator::split_takesLongTexts()
{
    const QString longText = u"SELECT '%1'"_s.arg(QString(300'000, u';'));
    QCOMPARE(splitStatements(longText + u"; SELECT 2"_s), QStringList({longText, u"SELECT 2"_s}));
}

void TestMigrator::bundled_areInOrderAndRun()
{
    const QTemporaryDir folder;
    QVERIFY(!bundledMigrations().isEmpty());
    QCOMPARE(bundledMigrations().first().name, u"0001_first_light"_s);
    QVERIFY(migrateAt(folder.filePath(u"x.db"_s), bundledMigrations()));
    DbConnection connection(folder.filePath(u"x.db"_s), DbConnection::Access::ReadOnly);
    QCOMPARE(tables(connection), QStringList({u"alarms"_s,
                                              u"audit_chain"_s,
                                              u"audit_events"_s,
                                              u"challenges"_s,
                                              u"credentials"_s,
                                              u"facts"_s,
                                              u"identities"_s,
                                              u"oauth_providers"_s,
                                              u"outbox"_s,
                                              u"passkey_handles"_s,
                                              u"passkeys"_s,
                                              u"rate_counts"_s,
                                              u"rate_networks"_s,
                                              u"rate_rules"_s,
                                              u"rate_waits"_s,
                                              u"recovery_codes"_s,
                                              u"row_counts"_s,
                                              u"schema_migrations"_s,
                                              u"sessions"_s,
                                              u"settings"_s,
                                              u"sign_in_addresses"_s,
                                              u"sign_in_devices"_s,
                                              u"signing_keys"_s,
                                              u"signing_spans"_s,
                                              u"totp_factors"_s,
                                              u"traffic_counts"_s,
                                              u"trusted_devices"_s,
                                              u"user_search"_s,
                                              u"user_trigram_terms"_s,
                                              u"user_trigrams"_s,
                                              u"user_trigrams_config"_s,
                                              u"user_trigrams_data"_s,
                                              u"user_trigrams_idx"_s,
                                              u"users"_s}));
}

void TestMigrator::usersOfAnOlderDatabase_areFoundAndCounted()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    QVERIFY(migrateAt(path, bundledMigrations().first(1)));
    const QString insert = u"INSERT INTO users (id, email, email_key, name, password_hash, created_at, updated_at, password_changed_at) "
                           "VALUES (?, ?, ?, ?, 'x', 0, 0, 0)"_s;
    {
        DbConnection connection(path, DbConnection::Access::ReadWrite);
        QVERIFY(connection.run(insert, {QByteArray(16, 'b'), u"Bob@Example.com"_s, u"bob@example.com"_s, u"JOSE\u0301"_s}));
        QVERIFY(connection.run(insert, {QByteArray(16, 'a'), u"ann@example.com"_s, u"ann@example.com"_s, u"МАРИЯ"_s}));
    }
    QVERIFY(migrateAt(path, bundledMigrations()));
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    const QString rows = u"SELECT email_key || ' ' || email || ' ' || name || ' ' || hex(substr(user_id, 1, 1)) FROM user_search"_s;
    QCOMPARE(columns(connection, rows),
             (QStringList {u"ann@example.com ann@example.com мария 61"_s, u"bob@example.com bob@example.com josé 62"_s}));
    QCOMPARE(columns(connection, u"SELECT number FROM row_counts WHERE name = 'users'"_s), QStringList {u"2"_s});
    QVERIFY(connection.run(u"UPDATE users SET email = 'C@x.org', email_key = 'c@x.org', name = 'Ć' WHERE email_key = 'bob@example.com'"_s));
    QCOMPARE(columns(connection, rows).last(), u"c@x.org c@x.org ć 62"_s);
    const QString indexed = u"SELECT rowid FROM user_trigrams WHERE user_trigrams MATCH "_s;
    QCOMPARE(columns(connection, indexed + u"'\"x.o\"'"_s).size(), 1);
    QCOMPARE(columns(connection, indexed + u"'\"bob\"'"_s), QStringList()); // he is somebody else now
    QCOMPARE(columns(connection, indexed + u"'\"мар\"'"_s).size(), 1);
    QVERIFY(connection.run(u"DELETE FROM users"_s));
    QCOMPARE(columns(connection, indexed + u"'\"мар\"'"_s), QStringList());
    QCOMPARE(columns(connection, rows), QStringList());
    QCOMPARE(columns(connection, u"SELECT number FROM row_counts WHERE name = 'users'"_s), QStringList {u"0"_s});
}

void TestMigrator::sigmasOfAnOlderDatabase_becomeOne()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    QVERIFY(migrateAt(path, bundledMigrations().first(3)));
    {
        DbConnection connection(path, DbConnection::Access::ReadWrite);
        char id = 'a';
        for (const QString &key : {u"αςα@example.com"_s, u"νικος@example.com"_s, u"twinς@example.com"_s, u"twinσ@example.com"_s}) {
            const QByteArray own(16, id++);
            QVERIFY(connection.run(u"INSERT INTO users (id, email, email_key, name, password_hash, created_at, updated_at, "
                                   "password_changed_at) VALUES (?, ?, ?, '', 'x', 0, 0, 0)"_s,
                                   {own, key, key}));
            QVERIFY(connection.run(u"INSERT INTO user_search (email_key, email, name, user_id) VALUES (?, search_key(?), '', ?)"_s,
                                   {key, key, own}));
        }
    }
    QVERIFY(migrateAt(path, bundledMigrations()));
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    const QStringList keys {u"ασα@example.com"_s, u"twinς@example.com"_s, u"twinσ@example.com"_s, u"νικοσ@example.com"_s};
    QStringList sorted = keys;
    std::ranges::sort(sorted);
    QCOMPARE(columns(connection, u"SELECT email_key FROM users ORDER BY email_key"_s), sorted);
    QCOMPARE(columns(connection, u"SELECT email_key FROM user_search ORDER BY email_key"_s), sorted);
    QCOMPARE(columns(connection, u"SELECT email FROM users WHERE email_key = 'ασα@example.com'"_s), QStringList {u"αςα@example.com"_s});
}

void TestMigrator::makeFourthVersion(const QString &path)
{
    QVERIFY(migrateAt(path, bundledMigrations().first(4)));
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    QVERIFY(
        connection.run(u"INSERT INTO users (id, email, email_key, name, password_hash, created_at, updated_at, password_changed_at, "
                       "last_sign_in_at) VALUES (x'01', 'a', 'a', '', '$2b$…', 1, 2, 3, 4), (x'02', 'b', 'b', '', 'h', 1, 2, 5, NULL)"_s));
    QVERIFY(connection.run(u"INSERT INTO sessions (id, user_id, opened_at, rotated_at, last_seen_at, idle_expires_at, expires_at, method) "
                           "VALUES (x'03030303030303030303030303030303', x'01', 7, 8, 8, 9, 9, 'password')"_s));
}

void TestMigrator::passwordsOfAnOlderDatabase_becomeCredentials()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    makeFourthVersion(path);
    QVERIFY(migrateAt(path, bundledMigrations()));
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    QCOMPARE(columns(connection, u"SELECT hex(user_id) || ' ' || kind || ' ' || CAST(data AS TEXT) || ' ' || created_at || ' ' || "
                                 "coalesce(last_used_at, '-') FROM credentials ORDER BY user_id"_s),
             (QStringList {u"01 password $2b$… 3 4"_s, u"02 password h 5 -"_s}));
    QCOMPARE(columns(connection, u"SELECT name FROM pragma_table_info('users') WHERE name LIKE 'password%'"_s), QStringList());
    QCOMPARE(columns(connection, u"SELECT email || created_at || updated_at || last_sign_in_at FROM users WHERE id = x'01'"_s),
             QStringList {u"a124"_s});
    const Session kept = SessionStore::findById(connection, *Id::fromBytes(QByteArray(16, 3))).value().value();
    QCOMPARE(kept.amr, QStringList {u"pwd"_s});
    QCOMPARE(kept.authenticatedAt, kept.openedAt);
    QVERIFY(kept.refreshes.isEmpty());
    QVERIFY(connection.run(u"UPDATE users SET name = 'Ann' WHERE id = x'01'"_s)); // the triggers of before still stand
    QCOMPARE(columns(connection, u"SELECT name FROM user_search WHERE email_key = 'a'"_s), QStringList {u"ann"_s});
    QVERIFY(connection.run(u"DELETE FROM users WHERE id = x'01'"_s));
    QCOMPARE(columns(connection, u"SELECT hex(user_id) FROM credentials"_s), QStringList {u"02"_s});
}

void TestMigrator::keysOfAnOlderDatabase_verifyForLongEnough()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    QVERIFY(migrateAt(path, bundledMigrations().first(5)));
    const QString insertKey =
        u"INSERT INTO signing_keys (kid, purpose, algorithm, state, sealed, created_at) VALUES (?, ?, 'A', ?, x'', 0)"_s;
    const QString insertSession = u"INSERT INTO sessions (id, user_id, opened_at, rotated_at, last_seen_at, idle_expires_at, expires_at, "
                                  "revoked_at, method) VALUES (?, x'01', 0, ?, 0, ?, 9000, ?, 'password')"_s;
    {
        DbConnection connection(path, DbConnection::Access::ReadWrite);
        for (const QStringList &key :
             {QStringList {u"a"_s, u"access"_s, u"current"_s}, {u"r"_s, u"refresh"_s, u"current"_s}, {u"s"_s, u"access"_s, u"standby"_s}})
            QVERIFY(connection.run(insertKey, {key[0], key[1], key[2]}));
        QVERIFY(connection.run(u"UPDATE signing_keys SET activated_at = 7 WHERE state = 'current'"_s));
        QVERIFY(connection.run(insertKey, {u"o"_s, u"access"_s, u"retiring"_s}));
        QVERIFY(connection.run(u"UPDATE signing_keys SET activated_at = 5, retired_at = 7 WHERE kid = 'o'"_s));
        QVERIFY(
            connection.run(u"INSERT INTO users (id, email, email_key, name, created_at, updated_at) VALUES (x'01', 'a', 'a', '', 0, 0)"_s));
        QVERIFY(connection.run(insertSession, {QByteArray(16, 1), 100, 600, {}}));
        QVERIFY(connection.run(insertSession, {QByteArray(16, 2), 900, 1600, {}}));
        QVERIFY(connection.run(insertSession, {QByteArray(16, 3), 100, 9000, 1}));
    }
    QVERIFY(migrateAt(path, bundledMigrations()));
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    const QString day = QString::number((24 * 3600 + 120) * 1000); // the most that the settings allow
    QCOMPARE(columns(connection, u"SELECT kid || ' ' || longest_life FROM signing_keys ORDER BY kid"_s),
             (QStringList {u"a "_s + day, u"o 0"_s, u"r 700"_s, u"s 0"_s}));
    QCOMPARE(columns(connection, u"SELECT kid || ' ' || began_at || ' ' || coalesce(ended_at, '-') FROM signing_spans ORDER BY kid"_s),
             (QStringList {u"a 7 -"_s, u"o 5 7"_s, u"r 7 -"_s}));
}

void TestMigrator::upgradeThatFails_leavesEverything()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    makeFourthVersion(path);
    const QString everything = u"SELECT hex(id) || email || password_hash || password_changed_at FROM users "
                               "UNION ALL SELECT sql FROM sqlite_schema UNION ALL SELECT name FROM schema_migrations"_s;
    QStringList before;
    {
        DbConnection connection(path, DbConnection::Access::ReadWrite);
        before = columns(connection, everything);
        QVERIFY(connection.execute(u"CREATE VIEW odd AS SELECT password_hash FROM users"_s)); // a column in use cannot be dropped
    }
    QVERIFY(!migrateAt(path, bundledMigrations()));
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    QVERIFY(connection.execute(u"DROP VIEW odd"_s));
    QCOMPARE(columns(connection, everything), before);
    QVERIFY(migrate(connection, path, bundledMigrations()));
}

void TestMigrator::migrations_runOnceAndInOrder()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    QVERIFY(migrateAt(path, {first, second, third}));
    QVERIFY(migrateAt(path, {first, second, third}));
    DbConnection connection(path, DbConnection::Access::ReadOnly);
    QCOMPARE(columns(connection, u"SELECT y FROM b"_s), QStringList {u"2"_s});
    QCOMPARE(columns(connection, u"SELECT version || ' ' || name FROM schema_migrations ORDER BY version"_s),
             QStringList({u"1 0001_first"_s, u"2 0002_second"_s, u"3 0003_third"_s}));
}

void TestMigrator::whatDoesNotFit_isRefusedUntouched_data()
{
    Migration edited = first;
    edited.sql += "-- a thought that came later\n";
    QTest::addColumn<QList<Migration>>("migrations");
    QTest::addColumn<QString>("because");
    QTest::newRow("a gap") << QList<Migration> {first, second, {.version = 4, .name = u"0004_late"_s, .sql = "SELECT 1"}}
                           << u"migration 3 is missing"_s;
    QTest::newRow("the first missing") << QList<Migration> {second, third} << u"migration 1 is missing"_s;
    QTest::newRow("one number twice") << QList<Migration> {first, second, second} << u"migration 3 is missing"_s;
    QTest::newRow("edited after it ran") << QList<Migration> {edited, second, third} << u"0001_first"_s;
    QTest::newRow("from a newer Warder") << QList<Migration> {first} << u"newer"_s;
    QTest::newRow("none at all") << QList<Migration> {} << u"without"_s;
}

void TestMigrator::whatDoesNotFit_isRefusedUntouched()
{
    QFETCH(QList<Migration>, migrations);
    QFETCH(QString, because);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    QVERIFY(migrateAt(path, {first, second}));
    const auto refusal = migrateAt(path, migrations);
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::StorageFailure);
    QVERIFY2(refusal.error().detail.contains(because), qPrintable(refusal.error().detail));
    DbConnection connection(path, DbConnection::Access::ReadOnly);
    QCOMPARE(tables(connection), QStringList({u"a"_s, u"schema_migrations"_s}));
    QVERIFY(!QFile::exists(path + u".before-3"_s));
}

void TestMigrator::anotherProgramsDatabase_isLeftAlone()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    connection.execute(u"CREATE TABLE bookmarks (url TEXT)"_s).value();
    const auto refusal = migrate(connection, path, {first});
    QVERIFY(!refusal && refusal.error().detail.contains(u"bookmarks"_s));
    QCOMPARE(tables(connection), QStringList {u"bookmarks"_s});
}

void TestMigrator::anotherProgramsMarks_areRefused_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("because");
    QTest::newRow("its application_id") << u"PRAGMA application_id = 252006673"_s << u"its application_id is 252006673"_s;
    QTest::newRow("its own schema_migrations") << u"CREATE TABLE schema_migrations (version TEXT NOT NULL PRIMARY KEY)"_s
                                               << u"its schema_migrations is another program's"_s;
    QTest::newRow("a table") << u"CREATE TABLE moz_places (x)"_s << u"it has moz_places, but no schema_migrations"_s;
}

void TestMigrator::anotherProgramsMarks_areRefused()
{
    QFETCH(const QString, sql);
    QFETCH(const QString, because);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    QVERIFY(connection.execute(sql));
    const QStringList before = tables(connection);
    const auto refusal = migrate(connection, path, {first});
    QVERIFY(!refusal);
    QVERIFY2(refusal.error().detail.contains("not a database of Warder's"_L1) && refusal.error().detail.contains(because),
             qPrintable(refusal.error().detail));
    QCOMPARE(tables(connection), before);
}

void TestMigrator::whoMayNotUpgrade_changesNothing()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    QVERIFY(migrateAt(path, {first}));
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    QCOMPARE(columns(connection, u"PRAGMA application_id"_s), QStringList {u"1467114610"_s}); // "Wrdr"
    QVERIFY(migrate(connection, path, {first}, Upgrading::Never));
    const auto refusal = migrate(connection, path, {first, second}, Upgrading::Never);
    QVERIFY(!refusal);
    QVERIFY2(refusal.error().detail.contains("has version 1 and this Warder makes 2: start the server once"_L1),
             qPrintable(refusal.error().detail));
    QCOMPARE(columns(connection, u"SELECT version FROM schema_migrations"_s), QStringList {u"1"_s});
    QVERIFY(migrate(connection, path, {first, second}, Upgrading::Upgrade));
}

void TestMigrator::anEmptiedDatabase_isNotANewOne()
{
    for (const Upgrading upgrading : {Upgrading::Upgrade, Upgrading::Never}) {
        const QTemporaryDir folder;
        DbConnection connection(folder.filePath(u"x.db"_s), DbConnection::Access::ReadWrite);
        QCOMPARE(migrate(connection, folder.filePath(u"x.db"_s), {first}, upgrading).error().detail, u"the database is empty"_s);
        QCOMPARE(tables(connection), QStringList());
    }
}

void TestMigrator::aFailingStatement_undoesItsWholeMigration()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    const Migration broken {
        .version = 2, .name = u"0002_broken"_s, .sql = "CREATE TABLE half (x INTEGER);\nDELETE FROM a;\nINSERT INTO nowhere VALUES (1);"};
    const auto refusal = migrateAt(path, {first, broken});
    QVERIFY(!refusal);
    QVERIFY2(refusal.error().detail.contains(u"0002_broken"_s) && refusal.error().detail.contains(u"nowhere"_s),
             qPrintable(refusal.error().detail));
    {
        DbConnection connection(path, DbConnection::Access::ReadOnly);
        QCOMPARE(tables(connection), QStringList({u"a"_s, u"schema_migrations"_s}));
        QCOMPARE(columns(connection, u"SELECT x FROM a"_s), QStringList {u"1"_s});
    }
    QVERIFY(migrateAt(path, {first, second, third})); // the mended program goes on from there
}

void TestMigrator::anOlderDatabase_isCopiedFirst()
{
    const QTemporaryDir folder(QDir::tempPath() + u"/it's a folder XXXXXX"_s);
    const QString path = folder.filePath(u"x.db"_s);
    QVERIFY(migrateAt(path, {first}));
    QCOMPARE(QDir(folder.path()).entryList({u"*before*"_s}), QStringList());
    QVERIFY(migrateAt(path, {first, second}));
    QVERIFY(migrateAt(path, {first, second}));
    QCOMPARE(QDir(folder.path()).entryList({u"*before*"_s}), QStringList {u"x.db.before-2"_s});
    DbConnection copy(path + u".before-2"_s, DbConnection::Access::ReadOnly);
    QCOMPARE(columns(copy, u"SELECT name FROM pragma_table_info('a')"_s), QStringList {u"x"_s});
}

void TestMigrator::aReplacedTable_keepsItsChildren()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    const Migration family {
        .version = 1,
        .name = u"0001_family"_s,
        .sql = "CREATE TABLE p (id INTEGER PRIMARY KEY);"
               "CREATE TABLE c (p INTEGER REFERENCES p (id) ON DELETE CASCADE); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);"};
    const Migration replaced {.version = 2,
                              .name = u"0002_replaced"_s,
                              .sql = "CREATE TABLE p2 (id INTEGER PRIMARY KEY, n TEXT);"
                                     "INSERT INTO p2 (id) SELECT id FROM p; DROP TABLE p; ALTER TABLE p2 RENAME TO p;"};
    QVERIFY(migrateAt(path, {family}));
    DbConnection connection(path, DbConnection::Access::ReadWrite);
    QVERIFY(migrate(connection, path, {family, replaced}));
    QCOMPARE(columns(connection, u"SELECT p FROM c"_s), QStringList {u"1"_s});
    QCOMPARE(columns(connection, u"PRAGMA foreign_keys"_s), QStringList {u"1"_s});
}

void TestMigrator::aLostParent_isRefused()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"x.db"_s);
    const Migration orphaned {.version = 1,
                              .name = u"0001_orphaned"_s,
                              .sql = "CREATE TABLE p (id INTEGER PRIMARY KEY);"
                                     "CREATE TABLE c (p INTEGER REFERENCES p (id)); INSERT INTO c VALUES (1);"};
    const auto refusal = migrateAt(path, {orphaned});
    QVERIFY(!refusal && refusal.error().detail.contains(u"0001_orphaned"_s));
    DbConnection connection(path, DbConnection::Access::ReadOnly);
    QCOMPARE(tables(connection), QStringList {u"schema_migrations"_s});
}

QTEST_GUILESS_MAIN(TestMigrator)
#include "TestMigrator.moc"
