#include "core/storage/WriteQueue.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr size_t mostInBatch = 256;

/// Another process may lock the database. The first batch waits for it a little, those behind it not at all until one has gone
/// through: no lane hangs for as long as the lock is held.
const QString waitAMoment = u"PRAGMA busy_timeout=1000"_s;
const QString waitNot = u"PRAGMA busy_timeout=0"_s;

bool isUnavailable(const Result<void> &verdict) { return !verdict && verdict.error().code == ErrorCode::StorageUnavailable; }

/// A job that throws is a bug, but not the end of the others.
Result<void> verdictOf(const WriteQueue::Job &job, Transaction &transaction)
{
    try {
        return job(transaction);
    } catch (const std::exception &thrown) {
        return refused(ErrorCode::Internal, u"a write threw: %1"_s.arg(QString::fromUtf8(thrown.what())));
    } catch (...) {
        return refused(ErrorCode::Internal, u"a write threw something that is no std::exception"_s);
    }
}

bool isFailure(const Result<void> &verdict)
{
    return isUnavailable(verdict) || (!verdict && verdict.error().code == ErrorCode::StorageFailure);
}

} // namespace

WriteQueue::WriteQueue(QString path, size_t mostWaiting) : m_path(std::move(path)), m_mostWaiting(mostWaiting), m_thread([this] { work(); })
{}

WriteQueue::~WriteQueue()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_filled.notify_all();
    m_thread.join();
}

Result<void> WriteQueue::run(Job job)
{
    if (std::this_thread::get_id() == m_thread.get_id())
        return refused(ErrorCode::Internal, u"a write asked for another write: the writer would wait for itself"_s);
    std::future<Result<void>> answer;
    {
        const std::lock_guard lock(m_mutex);
        if (m_closing || m_waiting.size() >= m_mostWaiting)
            return std::unexpected(Error {.code = ErrorCode::Busy,
                                          .detail = m_closing ? u"the database is closing"_s : u"the write queue is full"_s,
                                          .retryAfter = Seconds {1}});
        m_waiting.push_back({.job = std::move(job), .answer = {}});
        answer = m_waiting.back().answer.get_future();
        m_filled.notify_one(); // under the mutex: after it the job may be answered and the queue gone
    }
    return answer.get();
}

void WriteQueue::onFailure(FailureCallback callback)
{
    const std::lock_guard lock(m_mutex);
    m_onFailure = std::move(callback);
}

void WriteQueue::reportFailure(const QList<Result<void>> &verdicts)
{
    const auto failed = std::ranges::find_if(verdicts, isFailure);
    if (failed == verdicts.end())
        return;
    const std::lock_guard lock(m_mutex);
    if (m_onFailure)
        m_onFailure(failed->error());
}

size_t WriteQueue::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_waiting.size();
}

WriteQueue::Batch WriteQueue::takeBatch()
{
    std::unique_lock lock(m_mutex);
    m_filled.wait(lock, [this] { return m_closing || !m_waiting.empty(); });
    Batch batch;
    while (!m_waiting.empty() && batch.size() < mostInBatch) {
        batch.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    return batch;
}

/// Runs one job in its savepoint and appends its verdict. Fails when the transaction itself is gone, which SQLite does to
/// it when the disk is full: a savepoint after that would begin, and commit, a transaction of its own.
Result<void> WriteQueue::runOne(Transaction &transaction, const Job &job, QList<Result<void>> &verdicts)
{
    DbConnection &connection = transaction.connection();
    if (const auto begun = connection.perform(u"SAVEPOINT job"_s); !begun)
        return begun;
    const Result<void> verdict = verdictOf(job, transaction);
    if (!verdict) {
        // the cause says more than that there is no savepoint
        if (const auto undone = connection.perform(u"ROLLBACK TO job"_s); !undone)
            return isUnavailable(verdict) ? verdict : undone;
        transaction.end(false); // before the next job, which may do the same and commit
    }
    verdicts.append(verdict);
    return connection.perform(u"RELEASE job"_s);
}

Result<void> WriteQueue::runAll(DbConnection &connection, const Batch &batch, std::deque<Transaction> &transactions,
                                QList<Result<void>> &verdicts)
{
    if (const auto begun = connection.perform(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    for (const Waiting &waiting : batch) {
        if (const auto ran = runOne(transactions.emplace_back(connection, m_auditListener.load()), waiting.job, verdicts); !ran)
            return ran;
    }
    auto committed = connection.perform(u"COMMIT"_s);
    if (!committed && committed.error().code == ErrorCode::NotFound) // of one of them, and nobody can say of which
        committed.error().code = ErrorCode::StorageFailure;
    return committed;
}

QList<Result<void>> WriteQueue::apply(DbConnection &connection, const Batch &batch)
{
    QList<Result<void>> verdicts;
    std::deque<Transaction> transactions;
    const auto committed = runAll(connection, batch, transactions, verdicts);
    if (!committed) {
        (void)connection.perform(u"ROLLBACK"_s);
        verdicts = QList<Result<void>>(qsizetype(batch.size()), committed);
    }
    for (Transaction &transaction : transactions)
        transaction.end(committed.has_value());
    return verdicts;
}

void WriteQueue::work()
{
    DbConnection connection(m_path, DbConnection::Access::ReadWrite);
    bool wasUnavailable = false;
    (void)connection.execute(waitAMoment);
    for (Batch batch = takeBatch(); !batch.empty(); batch = takeBatch()) {
        const QList<Result<void>> verdicts = apply(connection, batch);
        reportFailure(verdicts);
        for (size_t i = 0; i < batch.size(); ++i)
            batch[i].answer.set_value(verdicts.at(qsizetype(i)));
        if (wasUnavailable != std::ranges::all_of(verdicts, isUnavailable)) {
            wasUnavailable = !wasUnavailable;
            (void)connection.execute(wasUnavailable ? waitNot : waitAMoment);
        }
    }
}

} // namespace warder
