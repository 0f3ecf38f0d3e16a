#include "core/storage/WriteQueue.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr size_t mostInBatch = 256;

/// One job in its savepoint. A job that throws is a bug, but not the end of the others.
Result<void> runOne(Connection &connection, const WriteQueue::Job &job)
{
    if (const auto begun = connection.execute(u"SAVEPOINT job"_s); !begun)
        return begun;
    Result<void> verdict;
    try {
        verdict = job(connection);
    } catch (const std::exception &thrown) {
        verdict = refused(ErrorCode::Internal, u"a write threw: %1"_s.arg(QString::fromUtf8(thrown.what())));
    }
    if (!verdict) {
        if (const auto undone = connection.execute(u"ROLLBACK TO job"_s); !undone)
            return undone;
    }
    if (const auto released = connection.execute(u"RELEASE job"_s); !released)
        return released;
    return verdict;
}

} // namespace

WriteQueue::WriteQueue(QString path, size_t mostWaiting)
    : m_path(std::move(path)), m_mostWaiting(mostWaiting), m_thread([this] { work(); })
{
}

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
    Q_ASSERT_X(std::this_thread::get_id() != m_thread.get_id(), "WriteQueue", "the writer would wait for itself");
    std::future<Result<void>> answer;
    {
        const std::lock_guard lock(m_mutex);
        if (m_closing || m_waiting.size() >= m_mostWaiting)
            return std::unexpected(Error {.code = ErrorCode::Busy, .detail = u"the write queue is full"_s, .retryAfter = Seconds {1}});
        m_waiting.push_back({.job = std::move(job), .answer = {}});
        answer = m_waiting.back().answer.get_future();
    }
    m_filled.notify_one();
    return answer.get();
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

QList<Result<void>> WriteQueue::apply(Connection &connection, Batch &batch)
{
    QList<Result<void>> verdicts;
    if (const auto begun = connection.execute(u"BEGIN IMMEDIATE"_s); !begun)
        return QList<Result<void>>(qsizetype(batch.size()), begun);
    for (const Waiting &waiting : batch)
        verdicts.append(runOne(connection, waiting.job));
    if (const auto committed = connection.execute(u"COMMIT"_s); !committed) {
        (void)connection.execute(u"ROLLBACK"_s);
        return QList<Result<void>>(qsizetype(batch.size()), committed);
    }
    return verdicts;
}

void WriteQueue::work()
{
    Connection connection(m_path, Connection::Access::ReadWrite);
    for (Batch batch = takeBatch(); !batch.empty(); batch = takeBatch()) {
        const QList<Result<void>> verdicts = apply(connection, batch);
        for (size_t i = 0; i < batch.size(); ++i)
            batch[i].answer.set_value(verdicts.at(qsizetype(i)));
    }
}

} // namespace warder
