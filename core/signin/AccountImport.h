#pragma once

#include "core/base/Result.h"
#include "core/signin/Registration.h"

#include <QHash>
#include <QTemporaryFile>

#include <mutex>

namespace warder {

/// An account that has lived elsewhere.
struct ImportedAccount
{
    qint64 line = 0; ///< Of the file it stands in, for what is wrong with it.
    Id id;           ///< Kept.
    QString email;
    QString name;
    QStringList roles;
    QString passwordHash; ///< Kept as it is, in one of the formats that PasswordHasher checks.
    bool disabled = false;
    bool emailVerified = false;
    std::optional<TimePoint> createdAt; ///< Absent: now.
};

struct ImportFault
{
    qint64 line = 0;
    QString field;
    QString message; ///< Holds no secret.
};

/// A line whose address has an account already.
struct ImportDouble
{
    qint64 line = 0;
    Id id; ///< The account that was there.
};

struct ImportOutcome
{
    qint64 added = 0; ///< 0 where there is a fault; of a dry run: how many it would be.
    QList<ImportDouble> skipped;
    QList<ImportFault> faults; ///< By line, the first 1000.
    qint64 moreFaults = 0;
};

struct ImportRules
{
    bool skipExisting = false; ///< Else each is a fault.
    bool dryRun = false;       ///< Judge only.
};

/// Many accounts from elsewhere, all or none: add() them in pieces, then finish(). Each is judged when it is added, by readers;
/// meanwhile they stand in a nameless file beside the database, and about 80 bytes of each in memory. Only finish() writes, in
/// one transaction, and other writers wait that long. Any thread, one at a time; never the GUI's.
class AccountImport final
{
public:
    AccountImport(Database &database, const Accounts &accounts, const Registration &registration);

    /// StorageFailure when the disk is full.
    Result<void> add(const QList<ImportedAccount> &accounts, TimePoint now);
    /// Once. Faults are an outcome, and then nothing was written. Conflict when an address was taken since it was judged.
    Result<ImportOutcome> finish(const ImportRules &rules, const QString &actor, TimePoint now);

private:
    struct Judged;
    Result<void> judge(const ImportedAccount &account, TimePoint now);
    bool isKnownLine(const ImportedAccount &account, const QString &emailKey);
    Result<bool> isKnownAccount(const ImportedAccount &account);
    Result<void> keep(const Judged &one);
    Result<void> insertAll(Transaction &transaction, const ImportRules &rules, ImportOutcome &outcome);
    void fault(qint64 line, const QString &field, const QString &message);

    Database &m_database;
    const Accounts &m_accounts;
    const Registration &m_registration;
    std::mutex m_mutex;
    QTemporaryFile m_file;
    qint64 m_kept = 0;
    QHash<Id, qint64> m_lineOfId;
    QHash<Id, qint64> m_lineOfEmail; ///< By a digest of the key.
    ImportOutcome m_outcome;
};

} // namespace warder
