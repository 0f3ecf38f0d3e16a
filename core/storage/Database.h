#pragma once

#include "core/base/Result.h"
#include "core/storage/DbConnection.h"
#include "core/storage/Migrator.h"
#include "core/storage/Transaction.h"
#include "core/storage/WriteQueue.h"

#include <memory>

namespace warder {

/// The embedded database: a read connection for each thread and the one writer. All stores hold one of these.
class Database final
{
public:
    /// Opens and migrates it; see Migrator for what may be refused. The refusal names the file and says what to do. Needs a
    /// QCoreApplication.
    static Result<std::unique_ptr<Database>> open(const QString &path, Upgrading upgrading = Upgrading::Create);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    const QString &path() const { return m_path; }

    /// Whether `path`, by whatever name, is a file of a database that this process has open. Nobody but SQLite may open one: to close it
    /// again would take the locks of all connections of the process from them. Any thread.
    static bool isFileOfOpen(const QString &path);

    /// This thread's read-only connection; it sees everything that was acknowledged before. Ends with its thread.
    DbConnection &reader();

    /// Runs `job(Transaction &) -> Result<T>` on the writer and waits until it is on disk and everybody concerned has been told. A
    /// value (also one that says "no") commits, an Error rolls back. Never from the GUI or an HTTP thread.
    template <typename Job>
    auto write(Job job) -> decltype(job(std::declval<Transaction &>()))
    {
        decltype(job(std::declval<Transaction &>())) verdict {std::unexpected(Error {})};
        const auto done = m_writer.run([&verdict, &job](Transaction &transaction) -> Result<void> {
            verdict = job(transaction);
            if (!verdict)
                return refused(verdict);
            return {};
        });
        if (!done)
            return refused(done);
        return verdict;
    }

    /// See WriteQueue.
    void onFailure(WriteQueue::FailureCallback callback) { m_writer.onFailure(std::move(callback)); }

    /// See WriteQueue.
    void setAuditListener(AuditListener *listener) { m_writer.setAuditListener(listener); }

    /// Writes nothing new, but to the disk: whether that is possible. Waits as write() does.
    Result<void> probe();

private:
    explicit Database(const QString &path);

    const QString m_path;
    const quint64 m_generation; ///< Tells a thread's connection to an earlier Database from one to this.
    WriteQueue m_writer;
};

} // namespace warder
