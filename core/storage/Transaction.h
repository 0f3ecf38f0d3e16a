#pragma once

#include "core/storage/DbConnection.h"

#include <functional>
#include <vector>

namespace warder {

class AuditListener;

/// One job's transaction on the writer: what the job writes, and what shall happen once it is over. Made by WriteQueue, lives as
/// long as its batch; the job's thread only.
/// The registered functions run once, on the writer's thread, job by job in the order of the commit, before any job of the batch is
/// answered. They must be quick, must not wait and must not use the database, not even read: a reader of this thread would close
/// after the writer and leave the write-ahead log behind. A job that is undone alone ends before the next one begins.
class Transaction final
{
public:
    explicit Transaction(DbConnection &connection, AuditListener *auditListener = nullptr)
        : m_connection(connection), m_auditListener(auditListener)
    {}
    Q_DISABLE_COPY_MOVE(Transaction)

    DbConnection &connection() { return m_connection; }
    /// For stores, and for jobs that have nobody to tell.
    operator DbConnection &() { return m_connection; }

    /// Who hears of records of the audit trail, which every room writes by one function that has no listener of its own; may be null.
    AuditListener *auditListener() const { return m_auditListener; }

    /// Runs `told` when the transaction is over, on disk or undone: for copies of rows. These come before afterCommit().
    void afterEnd(std::function<void(bool committed)> told) { m_afterEnd.push_back(std::move(told)); }

    /// Runs `tell` when the transaction is on disk, and never if it is undone: for listeners.
    void afterCommit(std::function<void()> tell) { m_afterCommit.push_back(std::move(tell)); }

    /// The same, once and after all of these: a later `tell` takes the place of an earlier one.
    void afterCommitLast(std::function<void()> tell) { m_afterCommitLast = std::move(tell); }

private:
    friend class WriteQueue;
    /// Only the first call counts.
    void end(bool committed);

    DbConnection &m_connection;
    AuditListener *m_auditListener;
    std::vector<std::function<void(bool)>> m_afterEnd;
    std::vector<std::function<void()>> m_afterCommit;
    std::function<void()> m_afterCommitLast;
};

} // namespace warder
