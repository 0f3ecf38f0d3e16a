#include "core/storage/DbConnection.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace warder;
using namespace Qt::StringLiterals;

class TestDbConnection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void everyConnection_isSafeAndDurable();
    void columns_comeBackAsTheyWent();
    void texts_comeBackAsTheyWent_data();
    void texts_comeBackAsTheyWent();
    void brokenRules_areTold_data();
    void brokenRules_areTold();
    void wrongNumberOfValues_isRefused_data();
    void wrongNumberOfValues_isRefused();
    void aFailedStatement_worksNextTime();
    void run_countsTheRowsChanged();
    void one_takesTheFirstOrNothing();
    void one_doesNotPinTheWriteAheadLog();
    void returning_isCommittedAtOnce();
    void readOnly_refusesToWrite();
    void whatDoesNotOpen_saysSoWithEveryUse();
    void passingTrouble_isToldFromDamage_data();
    void passingTrouble_isToldFromDamage();
    void whatIsStopped_endsWithinItsStatement();

private:
    QString path() const { return m_folder->filePath(u"test.db"_s); }
    static qint64 number(DbConnection &connection, const QString &sql);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DbConnection> m_connection;
};

void TestDbConnection::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_connection = std::make_unique<DbConnection>(path(), DbConnection::Access::ReadWrite);
    m_connection->execute(u"CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT"_s).value();
    m_connection->execute(u"CREATE TABLE children (parent INTEGER REFERENCES parents (id)) STRICT"_s).value();
    m_connection->run(u"INSERT INTO parents (id, name) VALUES (?, ?)"_s, {1, u"one"_s}).value();
}

void TestDbConnection::cleanup()
{
    m_connection.reset();
    m_folder.reset();
}

void TestDbConnection::whatIsStopped_endsWithinItsStatement()
{
    const QString endless = u"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"_s;
    int looks = 0;
    m_connection->stopWhen([&looks] { return ++looks == 3; });
    QVERIFY(!m_connection->number(endless));
    QCOMPARE(looks, 3);
    m_connection->stopWhen({});
    QCOMPARE(number(*m_connection, u"SELECT count(*) FROM parents"_s), 1);
}

qint64 TestDbConnection::number(DbConnection &connection, const QString &sql)
{
    return connection.one(sql, {}, [](const Row &row) { return row.integer(0); }).value().value();
}

void TestDbConnection::everyConnection_isSafeAndDurable()
{
    QCOMPARE(number(*m_connection, u"PRAGMA foreign_keys"_s), 1);
    QCOMPARE(number(*m_connection, u"PRAGMA synchronous"_s), 2); // FULL
    QCOMPARE(number(*m_connection, u"PRAGMA secure_delete"_s), 1);
    QCOMPARE(number(*m_connection, u"PRAGMA busy_timeout"_s), 5000);
    QCOMPARE(m_connection->one(u"PRAGMA journal_mode"_s, {}, [](const Row &row) { return row.text(0); }).value(), u"wal"_s);
}

void TestDbConnection::columns_comeBackAsTheyWent()
{
    const Id id = Id::create(fromMilliseconds(1'800'000'000'000));
    const TimePoint time = fromMilliseconds(9'007'199'254'740'993); // 2^53 + 1: no double on the way
    m_connection->execute(u"CREATE TABLE things (id BLOB, at INTEGER, later INTEGER, never INTEGER, yes INTEGER, raw BLOB) STRICT"_s)
        .value();
    m_connection
        ->run(u"INSERT INTO things VALUES (?, ?, ?, ?, ?, ?)"_s,
              {bound(id), bound(time), bound(std::optional(time)), bound(std::optional<TimePoint>()), bound(true), QByteArray("\0\xff", 2)})
        .value();
    const auto seen = m_connection->one(u"SELECT id, at, later, never, yes, raw FROM things"_s, {}, [&](const Row &row) {
        return row.id(0) == id && row.time(1) == time && row.optionalTime(2) == time && !row.optionalTime(3) && row.isNull(3) && row.flag(4)
               && row.bytes(5) == QByteArray("\0\xff", 2);
    });
    QCOMPARE(seen.value(), true);
}

void TestDbConnection::texts_comeBackAsTheyWent_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("null becomes empty") << QString();
    QTest::newRow("empty") << u""_s;
    QTest::newRow("quotes and a bind mark") << u"'; DROP TABLE parents; -- ?"_s;
    QTest::newRow("beyond the first plane") << u"Zoë 🜂"_s;
    QTest::newRow("a NUL inside") << u"ab"_s + QChar(0) + u"cd"_s;
    QTest::newRow("a byte order mark in front") << u"\ufeffAnn"_s;
    QTest::newRow("two byte order marks") << u"\ufeff\ufeff"_s;
    QTest::newRow("a byte order mark inside") << u"A\ufeffnn"_s;
    QTest::newRow("a megabyte") << QString(1024 * 1024, u'x');
}

void TestDbConnection::texts_comeBackAsTheyWent()
{
    QFETCH(QString, text);
    m_connection->run(u"INSERT INTO parents (name) VALUES (?)"_s, {bound(text)}).value();
    QCOMPARE(m_connection->one(u"SELECT name FROM parents WHERE id <> 1"_s, {}, [](const Row &row) { return row.text(0); }).value(),
             text.isNull() ? u""_s : text);
}

void TestDbConnection::brokenRules_areTold_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("a unique text twice") << u"INSERT INTO parents (name) VALUES ('one')"_s << ErrorCode::Conflict;
    QTest::newRow("a primary key twice") << u"INSERT INTO parents (id, name) VALUES (1, 'two')"_s << ErrorCode::Conflict;
    QTest::newRow("nothing where a text must be") << u"INSERT INTO parents (name) VALUES (NULL)"_s << ErrorCode::StorageFailure;
    QTest::newRow("the wrong type") << u"INSERT INTO children (parent) VALUES ('text')"_s << ErrorCode::StorageFailure;
    QTest::newRow("no such parent") << u"INSERT INTO children (parent) VALUES (99)"_s << ErrorCode::NotFound;
    QTest::newRow("no such table") << u"SELECT * FROM nowhere"_s << ErrorCode::StorageFailure;
    QTest::newRow("not SQL") << u"hello"_s << ErrorCode::StorageFailure;
    QTest::newRow("two statements") << u"DELETE FROM children; DELETE FROM parents"_s << ErrorCode::StorageFailure;
}

void TestDbConnection::brokenRules_areTold()
{
    QFETCH(QString, sql);
    QFETCH(ErrorCode, code);
    const auto done = m_connection->run(sql);
    QVERIFY(!done);
    QCOMPARE(done.error().code, code);
    QVERIFY(!done.error().detail.isEmpty());
    QCOMPARE(number(*m_connection, u"SELECT count(*) FROM parents"_s), 1);
}

void TestDbConnection::wrongNumberOfValues_isRefused_data()
{
    QTest::addColumn<QVariantList>("values");
    QTest::newRow("none") << QVariantList {};
    QTest::newRow("too few") << QVariantList {7};
    QTest::newRow("too many") << QVariantList {7, u"seven"_s, 7};
}

void TestDbConnection::wrongNumberOfValues_isRefused()
{
    QFETCH(QVariantList, values);
    const QString sql = u"INSERT INTO parents (id, name) VALUES (?, ?)"_s; // init() has prepared and run it: old values are near
    m_connection->run(u"DELETE FROM parents"_s).value();
    QVERIFY(!m_connection->run(sql, values));
    QCOMPARE(number(*m_connection, u"SELECT count(*) FROM parents"_s), 0);
    QVERIFY(m_connection->run(sql, {7, u"seven"_s}));
}

void TestDbConnection::aFailedStatement_worksNextTime()
{
    const QString sql = u"INSERT INTO parents (id, name) VALUES (?, ?)"_s;
    QVERIFY(!m_connection->run(sql, {2, u"one"_s}));
    QCOMPARE(m_connection->run(sql, {2, u"two"_s}), 1);
    QVERIFY(!m_connection->run(u"INSERT INTO later VALUES (?)"_s, {1}));
    m_connection->execute(u"CREATE TABLE later (id INTEGER)"_s).value();
    QCOMPARE(m_connection->run(u"INSERT INTO later VALUES (?)"_s, {1}), 1);
}

void TestDbConnection::run_countsTheRowsChanged()
{
    m_connection->run(u"INSERT INTO parents (name) VALUES ('two'), ('three')"_s).value();
    QCOMPARE(m_connection->run(u"UPDATE parents SET name = name || ? WHERE id > ?"_s, {u"!"_s, 1}), 2);
    QCOMPARE(m_connection->run(u"UPDATE parents SET name = name || ? WHERE id > ?"_s, {u"!"_s, 99}), 0);
}

void TestDbConnection::one_takesTheFirstOrNothing()
{
    m_connection->run(u"INSERT INTO parents (name) VALUES ('two')"_s).value();
    const QString sql = u"SELECT name FROM parents WHERE id >= ? ORDER BY id"_s;
    const auto name = [](const Row &row) { return row.text(0); };
    QCOMPARE(m_connection->one(sql, {1}, name).value(), u"one"_s);
    QCOMPARE(m_connection->one(sql, {9}, name).value(), std::nullopt);
    QCOMPARE(m_connection->all(sql, {1}, name).value(), QStringList({u"one"_s, u"two"_s}));
    QCOMPARE(m_connection->all(sql, {9}, name).value(), QStringList());
}

void TestDbConnection::one_doesNotPinTheWriteAheadLog()
{
    for (int i = 0; i < 100; ++i)
        m_connection->run(u"INSERT INTO parents (name) VALUES (?)"_s, {u"name %1"_s.arg(i)}).value();
    DbConnection reader(path(), DbConnection::Access::ReadOnly);
    QVERIFY(reader.one(u"SELECT name FROM parents"_s, {}, [](const Row &row) { return row.text(0); }).value());
    m_connection->run(u"DELETE FROM parents WHERE id > 50"_s).value();
    m_connection->execute(u"PRAGMA busy_timeout=0"_s).value();
    QCOMPARE(number(*m_connection, u"PRAGMA wal_checkpoint(TRUNCATE)"_s), 0); // 1: somebody still reads the old state
}

void TestDbConnection::returning_isCommittedAtOnce()
{
    const auto id = m_connection->one(u"INSERT INTO parents (name) VALUES (?) RETURNING id"_s, {u"two"_s},
                                      [](const Row &row) { return row.integer(0); });
    QCOMPARE(id.value(), 2);
    DbConnection reader(path(), DbConnection::Access::ReadOnly);
    QCOMPARE(number(reader, u"SELECT count(*) FROM parents"_s), 2);
}

void TestDbConnection::readOnly_refusesToWrite()
{
    DbConnection reader(path(), DbConnection::Access::ReadOnly);
    QCOMPARE(reader.run(u"DELETE FROM parents"_s).error().code, ErrorCode::StorageUnavailable);
    QCOMPARE(number(reader, u"SELECT count(*) FROM parents"_s), 1);
}

void TestDbConnection::whatDoesNotOpen_saysSoWithEveryUse()
{
    DbConnection broken(m_folder->filePath(u"no/such/folder/test.db"_s), DbConnection::Access::ReadWrite);
    QCOMPARE(broken.execute(u"SELECT 1"_s).error().code, ErrorCode::StorageUnavailable);
    QCOMPARE(broken.run(u"SELECT 1"_s).error().code, ErrorCode::StorageUnavailable);
    QVERIFY(!broken.isOpen());
    QVERIFY(broken.run(u"SELECT 1"_s).error().detail.contains(u"open"_s));
}

void TestDbConnection::passingTrouble_isToldFromDamage_data()
{
    using enum ErrorCode;
    using enum StorageTrouble;
    QTest::addColumn<QString>("trouble");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<StorageTrouble>("told");
    QTest::addColumn<int>("retryAfter");
    QTest::addColumn<QString>("words");
    QTest::newRow("locked by another") << u"lock"_s << StorageUnavailable << Locked << 1 << u"database is locked (5)"_s;
    QTest::newRow("overtaken by another") << u"snapshot"_s << StorageUnavailable << Locked << 1 << u"database is locked (517)"_s;
    QTest::newRow("full") << u"full"_s << StorageUnavailable << Full << 10 << u"database or disk is full (13)"_s;
    QTest::newRow("not to be written") << u"readonly"_s << StorageUnavailable << ReadOnly << 10
                                       << u"attempt to write a readonly database (8)"_s;
    QTest::newRow("damaged") << u"damage"_s << StorageFailure << Damaged << 10 << u"database disk image is malformed (11)"_s;
    QTest::newRow("no database") << u"rubbish"_s << StorageFailure << Damaged << 10 << u"file is not a database (26)"_s;
    QTest::newRow("nonsense") << u"nonsense"_s << StorageFailure << Other << 10 << u"no such table: nowhere (1)"_s;
}

void TestDbConnection::passingTrouble_isToldFromDamage()
{
    QFETCH(QString, trouble);
    DbConnection other(path(), DbConnection::Access::ReadWrite);
    m_connection->execute(u"PRAGMA busy_timeout=0"_s).value();
    if (trouble == "lock"_L1)
        other.execute(u"BEGIN IMMEDIATE"_s).value();
    if (trouble == "snapshot"_L1) {
        m_connection->execute(u"BEGIN"_s).value();
        m_connection->number(u"SELECT count(*) FROM parents"_s).value();
        other.run(u"INSERT INTO parents (name) VALUES ('first')"_s).value();
    }
    if (trouble == "full"_L1)
        m_connection->execute(u"PRAGMA max_page_count=1"_s).value(); // SQLite takes the pages there are
    if (trouble == "readonly"_L1)
        m_connection->execute(u"PRAGMA query_only=ON"_s).value();
    if (trouble == "damage"_L1 || trouble == "rubbish"_L1) {
        other.execute(u"PRAGMA wal_checkpoint(TRUNCATE)"_s).value();
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(trouble == "damage"_L1 ? 4096 : 0));
        file.write(QByteArray(file.size() - file.pos(), 'x'));
    }
    DbConnection fresh(path(), DbConnection::Access::ReadOnly);
    const auto refusal = trouble == "damage"_L1 || trouble == "rubbish"_L1 ? fresh.run(u"SELECT name FROM parents ORDER BY name"_s)
                         : trouble == "nonsense"_L1                        ? fresh.run(u"SELECT name FROM nowhere"_s)
                                                    : m_connection->run(u"INSERT INTO parents (name) VALUES (zeroblob(100000) || 'x')"_s);
    QVERIFY(!refusal);
    QTEST(refusal.error().code, "code");
    QTEST(refusal.error().trouble, "told");
    QTEST(int(refusal.error().retryAfter.count()), "retryAfter");
    QTEST(refusal.error().detail, "words");
}

QTEST_GUILESS_MAIN(TestDbConnection)
#include "TestDbConnection.moc"
