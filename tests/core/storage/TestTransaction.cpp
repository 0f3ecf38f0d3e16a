#include "tests/support/LogCapture.h"
#include "tests/support/Together.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>
#include <stdexcept>

using namespace warder;
using namespace warder::test;
using namespace Qt::StringLiterals;

/// What a job registers runs once, when its transaction is over, in the order of the commit, before anybody is answered.
class TestTransaction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void ends_areTold_data();
    void ends_areTold();
    void ofOneJob_copiesComeBeforeListeners();
    void functions_runOnTheWriter();
    void aFunctionThatThrows_isNotTheEndOfTheOthers_data();
    void aFunctionThatThrows_isNotTheEndOfTheOthers();
    void aWriteFromAFunction_isRefused_data();
    void aWriteFromAFunction_isRefused();
    void aDatabaseThatCannotOpen_hasNothingToTell();

private:
    QString path() const { return m_folder->filePath(u"test.db"_s); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

enum class Way { Commits, IsUndone, Throws, BreaksTheCommit, LosesTheTransaction };

Result<void> go(Way way, DbConnection &connection, int id)
{
    connection.run(u"INSERT INTO numbers (id) VALUES (?)"_s, {id}).value();
    switch (way) {
    case Way::Commits:             return {};
    case Way::IsUndone:            return refused(ErrorCode::Conflict, u"on second thoughts"_s);
    case Way::Throws:              throw std::runtime_error("a bug");
    case Way::BreaksTheCommit:     return connection.run(u"INSERT INTO late (id) VALUES (99)"_s).transform([](qint64) {});
    case Way::LosesTheTransaction: return connection.execute(u"ROLLBACK"_s);
    }
    Q_UNREACHABLE_RETURN({});
}

/// What happened, in its order. Any thread.
class Story final
{
public:
    void add(const QString &what)
    {
        const std::lock_guard lock(m_mutex);
        m_all += what;
    }
    QStringList all() const
    {
        const std::lock_guard lock(m_mutex);
        return m_all;
    }

private:
    mutable std::mutex m_mutex;
    QStringList m_all;
};

WriteQueue::Job telling(Way way, int id, Story &story)
{
    return [way, id, &story](Transaction &transaction) {
        story.add(u"ran %1"_s.arg(id));
        transaction.afterCommit([id, &story] { story.add(u"told %1"_s.arg(id)); });
        transaction.afterEnd([id, &story](bool committed) { story.add((committed ? u"kept %1"_s : u"undone %1"_s).arg(id)); });
        return go(way, transaction, id);
    };
}

} // namespace

void TestTransaction::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    DbConnection connection(path(), DbConnection::Access::ReadWrite);
    connection.execute(u"CREATE TABLE numbers (id INTEGER PRIMARY KEY) STRICT"_s).value();
    connection.execute(u"CREATE TABLE late (id INTEGER REFERENCES numbers (id) DEFERRABLE INITIALLY DEFERRED) STRICT"_s).value();
}

void TestTransaction::cleanup() { m_folder.reset(); }

void TestTransaction::ends_areTold_data()
{
    QTest::addColumn<QList<Way>>("jobs");
    QTest::addColumn<QString>("story");
    using enum Way;
    QTest::newRow("one commits") << QList<Way> {Commits} << u"ran 0, kept 0, told 0"_s;
    QTest::newRow("a batch commits, in its order")
        << QList<Way> {Commits, Commits, Commits} << u"ran 0, ran 1, ran 2, kept 0, told 0, kept 1, told 1, kept 2, told 2"_s;
    QTest::newRow("one of a batch is undone, before the next runs")
        << QList<Way> {Commits, IsUndone, Commits} << u"ran 0, ran 1, undone 1, ran 2, kept 0, told 0, kept 2, told 2"_s;
    QTest::newRow("one of a batch throws") << QList<Way> {Throws, Commits} << u"ran 0, undone 0, ran 1, kept 1, told 1"_s;
    QTest::newRow("the commit fails") << QList<Way> {Commits, BreaksTheCommit, Commits}
                                      << u"ran 0, ran 1, ran 2, undone 0, undone 1, undone 2"_s;
    QTest::newRow("one was undone when the commit fails")
        << QList<Way> {IsUndone, Commits, BreaksTheCommit} << u"ran 0, undone 0, ran 1, ran 2, undone 1, undone 2"_s;
    QTest::newRow("the transaction is lost, and the third never runs")
        << QList<Way> {Commits, LosesTheTransaction, Commits} << u"ran 0, ran 1, undone 0, undone 1"_s;
}

void TestTransaction::ends_areTold()
{
    QFETCH(const QList<Way>, jobs);
    QFETCH(const QString, story);
    WriteQueue queue(path());
    Story told;
    Story answered;
    {
        Together batch(queue);
        for (int i = 0; i < jobs.size(); ++i)
            batch.add(telling(jobs[i], i, told), [&] { answered.add(told.all().join(u", "_s)); });
    }
    QCOMPARE(told.all().join(u", "_s), story);
    QCOMPARE(answered.all(), QStringList(jobs.size(), story)); // whoever was answered had the whole story
    QVERIFY(queue.run(telling(Way::Commits, 7, told)));
    QVERIFY(told.all().join(u", "_s).endsWith(u"ran 7, kept 7, told 7"_s));
}

void TestTransaction::ofOneJob_copiesComeBeforeListeners()
{
    WriteQueue queue(path());
    QStringList order;
    QVERIFY(queue.run([&order](Transaction &transaction) -> Result<void> {
        for (const QString &name : {u"first"_s, u"second"_s}) {
            transaction.afterCommit([&order, name] { order += name + u" listener"_s; });
            transaction.afterEnd([&order, name](bool) { order += name + u" copy"_s; });
        }
        return {};
    }));
    QCOMPARE(order, (QStringList {u"first copy"_s, u"second copy"_s, u"first listener"_s, u"second listener"_s}));
}

void TestTransaction::functions_runOnTheWriter()
{
    WriteQueue queue(path());
    std::set<std::thread::id> threads;
    const auto note = [&threads] { threads.insert(std::this_thread::get_id()); };
    for (const Way way : {Way::Commits, Way::IsUndone})
        (void)queue.run([&note, way](Transaction &transaction) {
            note();
            transaction.afterCommit(note);
            transaction.afterEnd([&note](bool) { note(); });
            return go(way, transaction, 1);
        });
    QCOMPARE(threads.size(), 1u);
    QVERIFY(!threads.contains(std::this_thread::get_id()));
}

void TestTransaction::aFunctionThatThrows_isNotTheEndOfTheOthers_data()
{
    QTest::addColumn<bool>("standard");
    QTest::newRow("a std::exception") << true;
    QTest::newRow("anything else") << false;
}

void TestTransaction::aFunctionThatThrows_isNotTheEndOfTheOthers()
{
    QFETCH(const bool, standard);
    const LogCapture log;
    WriteQueue queue(path());
    Story told;
    QVERIFY(queue.run([&](Transaction &transaction) {
        transaction.afterEnd([standard](bool) {
            if (standard)
                throw std::runtime_error("a bug");
            throw 42;
        });
        return telling(Way::Commits, 1, told)(transaction);
    }));
    QCOMPARE(told.all(), (QStringList {u"ran 1"_s, u"kept 1"_s, u"told 1"_s}));
    QCOMPARE(log.text().count("listener_threw"), 1);
}

void TestTransaction::aWriteFromAFunction_isRefused_data()
{
    QTest::addColumn<bool>("listener");
    QTest::newRow("a copy") << false;
    QTest::newRow("a listener") << true;
}

void TestTransaction::aWriteFromAFunction_isRefused()
{
    QFETCH(const bool, listener);
    WriteQueue queue(path());
    Result<void> within;
    const auto write = [&] { within = queue.run([](Transaction &) { return Result<void>(); }); };
    QVERIFY(queue.run([&](Transaction &transaction) -> Result<void> {
        if (listener)
            transaction.afterCommit(write);
        else
            transaction.afterEnd([&write](bool) { write(); });
        return {};
    }));
    QCOMPARE(within.error().code, ErrorCode::Internal);
}

void TestTransaction::aDatabaseThatCannotOpen_hasNothingToTell()
{
    WriteQueue queue(m_folder->filePath(u"no/such/folder/test.db"_s));
    Story told;
    QVERIFY(!queue.run(telling(Way::Commits, 1, told)));
    QCOMPARE(told.all(), QStringList());
}

QTEST_GUILESS_MAIN(TestTransaction)
#include "TestTransaction.moc"
