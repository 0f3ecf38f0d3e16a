#include "core/storage/Database.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <latch>

using namespace warder;
using namespace Qt::StringLiterals;

class TestDatabase : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aVerdict_commits();
    void anError_rollsBack();
    void whatIsAcknowledged_isReadByEveryThread();
    void aReader_cannotWrite();
    void failures_areTold_data();
    void failures_areTold();
    void readers_mayEndBeforeTheDatabase();
    void readers_mayEndAfterTheDatabase();
    void aThread_readsTheDatabaseItAsks();
    void foreignKeys_takeSessionsAlong();
    void aKeyRing_hasOneCurrentKeyForEachPurpose();
    void whatIsNoDatabase_isRefused_data();
    void whatIsNoDatabase_isRefused();

private:
    static Result<qint64> put(Database &database, const QString &key);
    static bool has(Database &database, const QString &key);
};

Result<qint64> TestDatabase::put(Database &database, const QString &key)
{
    return database.write(
        [&](DbConnection &connection) { return connection.run(u"INSERT INTO facts (key, value) VALUES (?, x'00')"_s, {key}); });
}

bool TestDatabase::has(Database &database, const QString &key)
{
    const auto found = database.reader().one(u"SELECT 1 FROM facts WHERE key = ?"_s, {key}, [](const Row &) { return true; });
    return found && found->has_value();
}

void TestDatabase::aVerdict_commits()
{
    enum class Rotation { Done, Reused };
    const QTemporaryDir folder;
    const auto database = Database::open(folder.filePath(u"x.db"_s)).value();
    const auto verdict = database->write([](DbConnection &connection) -> Result<Rotation> {
        connection.run(u"INSERT INTO facts (key, value) VALUES ('family revoked', x'00')"_s).value();
        return Rotation::Reused; // a refusal, and still on disk
    });
    QCOMPARE(verdict.value(), Rotation::Reused);
    QVERIFY(has(*database, u"family revoked"_s));
}

void TestDatabase::anError_rollsBack()
{
    const QTemporaryDir folder;
    const auto database = Database::open(folder.filePath(u"x.db"_s)).value();
    const auto verdict = database->write([](DbConnection &connection) -> Result<QString> {
        connection.run(u"INSERT INTO facts (key, value) VALUES ('half', x'00')"_s).value();
        return std::unexpected(Error {.code = ErrorCode::LimitReached, .detail = u"why"_s, .retryAfter = Seconds {7}});
    });
    QVERIFY(!verdict);
    QCOMPARE(verdict.error().code, ErrorCode::LimitReached);
    QCOMPARE(verdict.error().retryAfter, Seconds {7});
    QVERIFY(!has(*database, u"half"_s));
    QCOMPARE(put(*database, u"once"_s), 1);
    QCOMPARE(put(*database, u"once"_s).error().code, ErrorCode::Conflict);
}

void TestDatabase::whatIsAcknowledged_isReadByEveryThread()
{
    const QTemporaryDir folder;
    const auto database = Database::open(folder.filePath(u"x.db"_s)).value();
    std::atomic<int> missed {0};
    std::latch all {8};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 25; ++i) {
                    const QString key = u"%1 of %2"_s.arg(i).arg(t);
                    missed += has(*database, key) || !put(*database, key) || !has(*database, key);
                }
                all.arrive_and_wait();
                for (int other = 0; other < 8; ++other)
                    missed += !has(*database, u"24 of %1"_s.arg(other));
            });
        }
    }
    QCOMPARE(missed.load(), 0);
}

void TestDatabase::aReader_cannotWrite()
{
    const QTemporaryDir folder;
    const auto database = Database::open(folder.filePath(u"x.db"_s)).value();
    QCOMPARE(database->reader().run(u"DELETE FROM facts"_s).error().code, ErrorCode::StorageUnavailable);
}

void TestDatabase::failures_areTold_data()
{
    QTest::addColumn<bool>("full");
    QTest::newRow("no room") << true;
    QTest::newRow("a refusal of the rules' own") << false;
}

void TestDatabase::failures_areTold()
{
    QFETCH(const bool, full);
    const QTemporaryDir folder;
    const auto database = Database::open(folder.filePath(u"x.db"_s)).value();
    QStringList told;
    database->onFailure([&told](const Error &error) { told += error.detail; });
    const auto limit = [&database](int pages) {
        return database->write(
            [pages](DbConnection &connection) { return connection.execute(u"PRAGMA max_page_count = %1"_s.arg(pages)); });
    };
    QVERIFY(limit(full ? 1 : 100'000)); // SQLite takes it as "no more than there are"
    const auto written = database->write([full](DbConnection &connection) -> Result<qint64> {
        if (!full)
            return refused(ErrorCode::Conflict);
        return connection.run(u"INSERT INTO facts (key, value) VALUES ('large', zeroblob(10000000))"_s);
    });
    QVERIFY(!written);
    QCOMPARE(told.size(), full ? 1 : 0);
    QVERIFY(!full || told.first().endsWith("(13)"_L1));
    QVERIFY(limit(100'000));
    QVERIFY(database->probe());
    database->onFailure({});
}

void TestDatabase::readers_mayEndBeforeTheDatabase()
{
    const QTemporaryDir folder;
    const auto database = Database::open(folder.filePath(u"x.db"_s)).value();
    put(*database, u"known"_s).value();
    for (int round = 0; round < 5; ++round) {
        std::atomic<int> found {0};
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 6; ++t)
                threads.emplace_back([&] { found += has(*database, u"known"_s); });
        }
        QCOMPARE(found.load(), 6);
    }
}

void TestDatabase::readers_mayEndAfterTheDatabase()
{
    const QTemporaryDir folder;
    std::latch haveRead {6};
    std::latch closed {1};
    std::atomic<int> found {0};
    std::vector<std::jthread> threads;
    {
        const auto database = Database::open(folder.filePath(u"x.db"_s)).value();
        put(*database, u"known"_s).value();
        for (int t = 0; t < 6; ++t) {
            threads.emplace_back([&] {
                found += has(*database, u"known"_s);
                haveRead.count_down();
                closed.wait();
            });
        }
        haveRead.wait();
    }
    const auto again = Database::open(folder.filePath(u"x.db"_s)); // while the old readers still hang on
    QVERIFY(again);
    QVERIFY(has(**again, u"known"_s));
    closed.count_down();
    threads.clear();
    QCOMPARE(found.load(), 6);
    QVERIFY(put(**again, u"and goes on"_s));
}

void TestDatabase::aThread_readsTheDatabaseItAsks()
{
    const QTemporaryDir folder;
    const auto one = Database::open(folder.filePath(u"one.db"_s)).value();
    auto two = Database::open(folder.filePath(u"two.db"_s)).value();
    put(*one, u"in one"_s).value();
    QVERIFY(has(*one, u"in one"_s));
    QVERIFY(!has(*two, u"in one"_s));
    two.reset();
    two = Database::open(folder.filePath(u"three.db"_s)).value();
    QVERIFY(!has(*two, u"in one"_s));
    QVERIFY(has(*one, u"in one"_s));
    QCOMPARE(&one->reader(), &one->reader());
}

void TestDatabase::foreignKeys_takeSessionsAlong()
{
    const QTemporaryDir folder;
    const auto database = Database::open(folder.filePath(u"x.db"_s)).value();
    const auto left = database->write([](DbConnection &connection) -> Result<QList<qint64>> {
        connection.run(u"INSERT INTO users (id, email, email_key, created_at, updated_at) VALUES (x'01', 'a', 'a', 0, 0)"_s).value();
        connection
            .run(u"INSERT INTO sessions (id, user_id, opened_at, rotated_at, last_seen_at, idle_expires_at, expires_at, method) "
                 "VALUES (x'02', x'01', 0, 0, 0, 0, 0, 'password')"_s)
            .value();
        connection.run(u"INSERT INTO credentials (user_id, kind, data, created_at) VALUES (x'01', 'password', x'68', 0)"_s).value();
        connection.run(u"INSERT INTO sign_in_addresses (user_id, address, last_at) VALUES (x'01', '192.0.2.1', 0)"_s).value();
        connection.run(u"DELETE FROM users"_s).value();
        return connection.all(u"SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM sign_in_addresses) + "
                              "(SELECT count(*) FROM credentials)"_s,
                              {}, [](const Row &row) { return row.integer(0); });
    });
    QCOMPARE(left.value(), QList<qint64>({0}));
}

void TestDatabase::aKeyRing_hasOneCurrentKeyForEachPurpose()
{
    const QTemporaryDir folder;
    const auto database = Database::open(folder.filePath(u"x.db"_s)).value();
    const auto add = [&](const QString &kid, const QString &purpose, const QString &state) {
        return database->write([&](DbConnection &connection) {
            return connection.run(
                u"INSERT INTO signing_keys (kid, purpose, algorithm, state, sealed, created_at) VALUES (?, ?, 'ES256', ?, x'00', 0)"_s,
                {kid, purpose, state});
        });
    };
    QVERIFY(add(u"1"_s, u"access"_s, u"current"_s));
    QVERIFY(add(u"2"_s, u"refresh"_s, u"current"_s));
    QVERIFY(add(u"3"_s, u"access"_s, u"retiring"_s));
    QCOMPARE(add(u"4"_s, u"access"_s, u"current"_s).error().code, ErrorCode::Conflict);
}

void TestDatabase::whatIsNoDatabase_isRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("rubbish in the file") << u"rubbish.db"_s << ErrorCode::StorageFailure;
    QTest::newRow("a folder") << u"."_s << ErrorCode::StorageUnavailable;
    QTest::newRow("no such folder") << u"nowhere/x.db"_s << ErrorCode::StorageUnavailable;
}

void TestDatabase::whatIsNoDatabase_isRefused()
{
    QFETCH(QString, name);
    const QTemporaryDir folder;
    QFile rubbish(folder.filePath(u"rubbish.db"_s));
    QVERIFY(rubbish.open(QIODevice::WriteOnly) && rubbish.write(QByteArray(8192, 'x')) == 8192);
    rubbish.close();
    const auto refusal = Database::open(folder.filePath(name));
    QVERIFY(!refusal);
    QTEST(refusal.error().code, "code");
    QVERIFY2(refusal.error().detail.contains(folder.filePath(name)), qPrintable(refusal.error().detail));
    QVERIFY(rubbish.open(QIODevice::ReadOnly) && rubbish.readAll() == QByteArray(8192, 'x'));
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "TestDatabase.moc"
