#pragma once

#include "core/base/Result.h"
#include "core/storage/DbConnection.h"
#include "core/storage/Transaction.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace warder {

/// The one writer: a thread with the one read-write connection that runs jobs in the order they came and commits all that
/// are waiting in one transaction (group commit, no timer). A job is acknowledged after COMMIT, never before.
/// "A verdict commits, an Error rolls back": each job has a savepoint of its own. When COMMIT fails, or the transaction is lost
/// before it, every job of the batch is undone and answered so. While another process locks the database it waits a second for the
/// first batch and answers StorageUnavailable, those that follow at once. It waits for nobody else.
class WriteQueue final
{
public:
    /// What the writer runs: nothing on success, or why the job's changes must be undone.
    using Job = std::function<Result<void>(Transaction &)>;

    /// Hears of writes that storage itself refused: no room, a lock, a broken disk.
    using FailureCallback = std::function<void(const Error &)>;

    explicit WriteQueue(QString path, size_t mostWaiting = 4096);
    /// Runs what is queued, then ends.
    ~WriteQueue();
    Q_DISABLE_COPY_MOVE(WriteQueue)

    /// Waits until the job is on disk or undone and its Transaction has told so. Busy when the queue is full or closing, Internal when the
    /// job threw or another job asks. Any thread but the GUI's and the HTTP threads'. Who already waits when the queue closes is answered.
    Result<void> run(Job job);

    /// Calls `told` on the writer's thread for each batch that storage itself failed, all of it or a part. It must not wait.
    void onFailure(FailureCallback callback);

    /// Who hears of records of the audit trail from the next transaction on; must outlive the queue. Any thread.
    void setAuditListener(AuditListener *listener) { m_auditListener = listener; }

    /// How many jobs wait beside those of the batch that runs. Any thread.
    size_t waiting() const;

private:
    struct Waiting
    {
        Job job;
        std::promise<Result<void>> answer;
    };
    using Batch = std::deque<Waiting>;

    void work();
    Batch takeBatch();
    QList<Result<void>> apply(DbConnection &connection, const Batch &batch);
    Result<void> runAll(DbConnection &connection, const Batch &batch, std::deque<Transaction> &transactions, QList<Result<void>> &verdicts);
    static Result<void> runOne(Transaction &transaction, const Job &job, QList<Result<void>> &verdicts);
    void reportFailure(const QList<Result<void>> &verdicts);

    const QString m_path;
    const size_t m_mostWaiting;
    mutable std::mutex m_mutex;
    std::condition_variable m_filled;
    Batch m_waiting;
    FailureCallback m_onFailure;
    std::atomic<AuditListener *> m_auditListener = nullptr;
    bool m_closing = false; ///< Under the mutex of the queue, so that no job slips in behind it.
    std::thread m_thread;   ///< Last: starts when all else stands.
};

} // namespace warder
