#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/console/orders/Imports.h"

#include <QHash>
#include <QTemporaryFile>

#include <mutex>

namespace warder {

class Accounts;
class Database;
class Registration;
class Transaction;

/// Many accounts from elsewhere, all or none: add() them in pieces, then finish(). Each is judged when it is added, by readers;
/// meanwhile they stand in a nameless file beside the database, and about 80 bytes of each in memory. Only finish() writes, in
/// one transaction, and other writers wait that long. Any thread, one at a time; never the GUI's.
class AccountImport final
{
public:
    AccountImport(Database &database, const Accounts &accounts, const Registration &registration);

    /// StorageFailure when the disk is full.
    Result<void> add(const QList<ImportedUser> &accounts, TimePoint now);
    /// Once. Faults are an outcome, and then nothing was written. Conflict when an address was taken since it was judged.
    Result<UserImport> finish(const ImportOptions &options, const QString &actor, TimePoint now);

private:
    struct Judged;
    Result<void> judge(const ImportedUser &account, TimePoint now);
    bool isKnownLine(const ImportedUser &account, const QString &emailKey);
    Result<bool> isKnownAccount(const ImportedUser &account);
    Result<void> keep(const Judged &one);
    Result<void> insertAll(Transaction &transaction, const ImportOptions &options, UserImport &outcome);
    void fault(qint64 line, const QString &field, const QString &message);

    Database &m_database;
    const Accounts &m_accounts;
    const Registration &m_registration;
    std::mutex m_mutex;
    QTemporaryFile m_file;
    qint64 m_kept = 0;
    QHash<Id, qint64> m_lineOfId;
    QHash<Id, qint64> m_lineOfEmail; ///< By a digest of the key.
    UserImport m_outcome;
};

} // namespace warder
