#include "tests/support/Together.h"

#include <QTemporaryDir>
#include <QTest>

#include <stdexcept>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;

class TestWriteQueue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void acknowledgedRows_areOnDisk();
    void anError_undoesOnlyItsOwnJob();
    void whatWaits_isCommittedTogether();
    void moreThanABatch_isCommittedInOrder();
    void aFullQueue_saysBusyAtOnce();
    void aFailedCommit_failsEveryJobOfTheBatch();
    void aLostTransaction_failsEveryJobOfTheBatch_data();
    void aLostTransaction_failsEveryJobOfTheBatch();
    void aThrowingJob_isUndoneAndAnswered_data();
    void aThrowingJob_isUndoneAndAnswered();
    void aWriteWithinAWrite_isRefused();
    void closing_runsWhatIsQueued();
    void aDatabaseThatCannotOpen_failsEveryJob();
    void aLockedDatabase_isWaitedForOnce();
    void aFullDisk_isToldAsSuch();

private:
    QString path() const { return m_folder->filePath(u"test.db"_s); }
    QList<qint64> rows() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

Result<void> insert(DbConnection &connection, qint64 id)
{
    const auto done = connection.run(u"INSERT INTO numbers (id) VALUES (?)"_s, {id});
    if (!done)
        return refused(done);
    return {};
}

WriteQueue::Job inserting(qint64 id)
{
    return [id](DbConnection &connection) { return insert(connection, id); };
}

QList<ErrorCode> codesOf(const QList<Result<void>> &verdicts)
{
    QList<ErrorCode> codes;
    for (const auto &verdict : verdicts)
        codes.append(verdict ? ErrorCode::NotFound : verdict.error().code); // NotFound: none, in these tests
    return codes;
}

} // namespace

void TestWriteQueue::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    DbConnection connection(path(), DbConnection::Access::ReadWrite);
    connection.execute(u"CREATE TABLE numbers (id INTEGER PRIMARY KEY) STRICT"_s).value();
    connection.execute(u"CREATE TABLE late (id INTEGER REFERENCES numbers (id) DEFERRABLE INITIALLY DEFERRED) STRICT"_s).value();
}

void TestWriteQueue::cleanup() { m_folder.reset(); }

QList<qint64> TestWriteQueue::rows() const
{
    DbConnection connection(path(), DbConnection::Access::ReadOnly);
    return connection.all(u"SELECT id FROM numbers ORDER BY id"_s, {}, [](const Row &row) { return row.integer(0); }).value();
}

void TestWriteQueue::acknowledgedRows_areOnDisk()
{
    constexpr int threads = 8;
    constexpr int each = 150;
    WriteQueue queue(path());
    std::atomic<int> lost {0};
    {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < threads; ++writer) {
            writers.emplace_back([&, writer] {
                DbConnection reader(path(), DbConnection::Access::ReadOnly);
                for (int i = 0; i < each; ++i) {
                    const qint64 id = writer * each + i;
                    const bool acknowledged = queue.run(inserting(id)).has_value();
                    const auto seen = reader.one(u"SELECT 1 FROM numbers WHERE id = ?"_s, {id}, [](const Row &) { return true; });
                    lost += !acknowledged || !seen || !*seen;
                }
            });
        }
    }
    QCOMPARE(lost.load(), 0);
    QCOMPARE(rows().size(), threads * each);
}

void TestWriteQueue::anError_undoesOnlyItsOwnJob()
{
    WriteQueue queue(path());
    Together batch(queue);
    batch.add(inserting(1));
    batch.add([](DbConnection &connection) -> Result<void> {
        insert(connection, 2).value();
        return refused(ErrorCode::LimitReached, u"no"_s);
    });
    batch.add(inserting(1)); // a broken rule: Conflict
    batch.add(inserting(3));
    QCOMPARE(codesOf(batch.verdicts()), QList({ErrorCode::NotFound, ErrorCode::LimitReached, ErrorCode::Conflict, ErrorCode::NotFound}));
    QCOMPARE(rows(), QList<qint64>({1, 3}));
}

void TestWriteQueue::whatWaits_isCommittedTogether()
{
    WriteQueue queue(path());
    Together batch(queue);
    QList<qsizetype> committedBefore;
    for (int i = 0; i < 10; ++i) {
        batch.add([this, i, &committedBefore](DbConnection &connection) {
            committedBefore.append(rows().size());
            return insert(connection, i);
        });
    }
    batch.verdicts();
    QCOMPARE(committedBefore, QList<qsizetype>(10, 0));
    QCOMPARE(rows().size(), 10);
}

void TestWriteQueue::moreThanABatch_isCommittedInOrder()
{
    WriteQueue queue(path());
    Together batch(queue);
    QList<qint64> order;
    for (int i = 0; i < 300; ++i) {
        batch.add([i, &order](DbConnection &connection) {
            order.append(i);
            return insert(connection, i);
        });
    }
    batch.verdicts();
    QCOMPARE(order, rows());
    QCOMPARE(order.size(), 300);
}

void TestWriteQueue::aFullQueue_saysBusyAtOnce()
{
    WriteQueue queue(path(), 2);
    Together batch(queue);
    batch.add(inserting(1));
    batch.add(inserting(2));
    const auto refusal = queue.run(inserting(3)); // from here: were it queued, it would wait for the gate for ever
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::Busy);
    QCOMPARE(refusal.error().retryAfter, Seconds {1});
    batch.verdicts();
    QCOMPARE(rows(), QList<qint64>({1, 2}));
    QVERIFY(queue.run(inserting(3)));
}

void TestWriteQueue::aFailedCommit_failsEveryJobOfTheBatch()
{
    WriteQueue queue(path());
    Together batch(queue);
    batch.add(inserting(1));
    batch.add([](DbConnection &connection) -> Result<void> {
        connection.run(u"INSERT INTO late (id) VALUES (99)"_s).value(); // refused at COMMIT
        return {};
    });
    batch.add(inserting(2));
    QCOMPARE(codesOf(batch.verdicts()), QList<ErrorCode>(3, ErrorCode::StorageFailure));
    QCOMPARE(rows(), QList<qint64>());
    QVERIFY(queue.run(inserting(4)));
    QCOMPARE(rows(), QList<qint64>({4}));
}

void TestWriteQueue::aLostTransaction_failsEveryJobOfTheBatch_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("the job fails") << u"INSERT OR ROLLBACK INTO numbers (id) VALUES (1)"_s; // as SQLite does by itself on a full disk
    QTest::newRow("the job goes on") << u"ROLLBACK"_s;
}

void TestWriteQueue::aLostTransaction_failsEveryJobOfTheBatch()
{
    QFETCH(QString, sql);
    WriteQueue queue(path());
    Together batch(queue);
    batch.add(inserting(1));
    batch.add([sql](DbConnection &connection) { return connection.execute(sql); });
    batch.add(inserting(2));
    QCOMPARE(codesOf(batch.verdicts()), QList<ErrorCode>(3, ErrorCode::StorageFailure));
    QCOMPARE(rows(), QList<qint64>()); // not even the last one, which could have begun a transaction of its own
    QVERIFY(queue.run(inserting(3)));
    QCOMPARE(rows(), QList<qint64>({3}));
}

void TestWriteQueue::aThrowingJob_isUndoneAndAnswered_data()
{
    QTest::addColumn<bool>("standard");
    QTest::newRow("a std::exception") << true;
    QTest::newRow("anything else") << false;
}

void TestWriteQueue::aThrowingJob_isUndoneAndAnswered()
{
    QFETCH(bool, standard);
    WriteQueue queue(path());
    const auto verdict = queue.run([standard](DbConnection &connection) -> Result<void> {
        insert(connection, 1).value();
        if (standard)
            throw std::runtime_error("a bug");
        throw 42;
    });
    QVERIFY(!verdict);
    QCOMPARE(verdict.error().code, ErrorCode::Internal);
    QVERIFY(queue.run(inserting(2)));
    QCOMPARE(rows(), QList<qint64>({2}));
}

void TestWriteQueue::aWriteWithinAWrite_isRefused()
{
    WriteQueue queue(path());
    const auto verdict = queue.run([&queue](DbConnection &) { return queue.run(inserting(1)); });
    QVERIFY(!verdict);
    QCOMPARE(verdict.error().code, ErrorCode::Internal);
    QCOMPARE(rows(), QList<qint64>());
}

void TestWriteQueue::closing_runsWhatIsQueued()
{
    auto queue = std::make_unique<WriteQueue>(path());
    Together batch(*queue);
    for (int i = 0; i < 20; ++i)
        batch.add(inserting(i));
    std::jthread closing([&queue] { queue.reset(); });
    batch.open();
    closing.join();
    QCOMPARE(rows().size(), 20);
    for (const auto &verdict : batch.verdicts())
        QVERIFY(verdict);
}

void TestWriteQueue::aDatabaseThatCannotOpen_failsEveryJob()
{
    WriteQueue queue(m_folder->filePath(u"no/such/folder/test.db"_s));
    QCOMPARE(queue.run(inserting(1)).error().code, ErrorCode::StorageUnavailable);
    QCOMPARE(queue.run(inserting(1)).error().code, ErrorCode::StorageUnavailable);
}

void TestWriteQueue::aLockedDatabase_isWaitedForOnce()
{
    WriteQueue queue(path());
    DbConnection other(path(), DbConnection::Access::ReadWrite);
    other.execute(u"BEGIN IMMEDIATE"_s).value();
    for (int i = 0; i < 50; ++i) // a second each would be a lane that hangs
        QCOMPARE(queue.run(inserting(i)).error().code, ErrorCode::StorageUnavailable);
    other.execute(u"ROLLBACK"_s).value();
    const auto patience = [&queue] {
        qint64 milliseconds = -1;
        const auto ran = queue.run([&milliseconds](DbConnection &connection) -> Result<void> {
            milliseconds = connection.one(u"PRAGMA busy_timeout"_s, {}, [](const Row &row) { return row.integer(0); }).value().value();
            return {};
        });
        return ran ? milliseconds : -1;
    };
    QCOMPARE(patience(), 0);
    QCOMPARE(patience(), 1000);
    QVERIFY(queue.run(inserting(1)));
}

void TestWriteQueue::aFullDisk_isToldAsSuch()
{
    WriteQueue queue(path());
    QVERIFY(queue.run([](DbConnection &connection) { return connection.execute(u"PRAGMA max_page_count=1"_s); }));
    const auto refusal = queue.run([](DbConnection &connection) -> Result<void> {
        for (qint64 i = 0; i < 100'000; ++i) {
            if (const auto done = connection.run(u"INSERT INTO numbers (id) VALUES (?)"_s, {i}); !done)
                return refused(done);
        }
        return {};
    });
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::StorageUnavailable);
    QCOMPARE(refusal.error().detail, u"database or disk is full (13)"_s);
    QCOMPARE(rows(), QList<qint64>());
}

QTEST_GUILESS_MAIN(TestWriteQueue)
#include "TestWriteQueue.moc"
