#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/console/orders/Imports.h"
#include "core/crypto/Sealer.h"

#include <QHash>
#include <QTemporaryFile>

#include <functional>
#include <memory>
#include <mutex>

class QDataStream;

namespace warder {

class Accounts;
class Database;
class ImportWriting;
class Registration;
struct JudgedUser;

/// Many accounts from elsewhere, all or none: add() them in pieces, then finish(). Each is judged when it is added, by readers;
/// meanwhile they stand in a nameless file beside the database, and some 100 bytes of each in memory. A password stands there sealed, under
/// a key that only this object has. Only finish() hashes, one password after the other, and then writes, so few at a time that others write
/// in between. Where it cannot write all of them it takes those of before out again, in the same way, but for who has signed in by then. Of
/// a process that dies meanwhile a part stays; the next import finds it there. Any thread, one at a time; never the GUI's.
class AccountImport final
{
public:
    AccountImport(Database &database, Accounts &accounts, const Registration &registration);

    /// StorageFailure when the disk is full.
    Result<void> add(const QList<ImportedUser> &accounts, TimePoint now);
    /// Is told how many steps of how many are done, of which an account has one and a password a hundred. False undoes all of them.
    using GoesOn = std::function<bool(qint64 done, qint64 all)>;

    /// Once, but for dry runs before. Faults are an outcome, and then nothing was written. Conflict when an address was taken since it was
    /// judged, and where `goesOn` said no. A refusal says how many stay in spite of it; then its `ended` is set.
    Result<UserImport> finish(const ImportOptions &options, const QString &actor, const Clock &clock, const GoesOn &goesOn = {});

private:
    Result<void> judge(const ImportedUser &account, TimePoint now);
    bool isKnownLine(const ImportedUser &account, const QString &emailKey);
    Result<bool> isKnownAccount(const ImportedUser &account);
    std::unique_ptr<QTemporaryFile> newFile() const;
    QByteArray sealed(const ImportedUser &account) const;
    Result<void> keep(const JudgedUser &one);
    UserImport judgement(const ImportOptions &options) const;
    using StepsOn = std::function<bool(qint64 done)>;
    Result<void> hashAll(const StepsOn &goesOn);
    Result<void> hashPassword(JudgedUser &one) const;
    Result<void> insertAll(ImportWriting &writing, const StepsOn &goesOn);
    Result<QList<JudgedUser>> next(QDataStream &stream, qint64 count) const;
    void fault(qint64 line, const QString &field, const QString &message);

    Database &m_database;
    Accounts &m_accounts;
    const Registration &m_registration;
    std::mutex m_mutex;
    const SealingKeys m_sealing;
    const Sealer m_sealer {m_sealing, "warder/import/v1"};
    std::unique_ptr<QTemporaryFile> m_file;
    qint64 m_kept = 0;
    qint64 m_passwords = 0; ///< Of these, those that are not hashed yet.
    QHash<Id, qint64> m_lineOfId;
    QHash<Id, qint64> m_lineOfEmail; ///< By a digest of the key.
    UserImport m_outcome;
};

} // namespace warder
