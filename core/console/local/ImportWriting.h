#pragma once

#include "core/accounts/User.h"
#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/console/orders/Imports.h"

class QJsonObject;

namespace warder {

class Accounts;
class Database;
class Transaction;

/// An account of a file that may be inserted as it is.
struct JudgedUser
{
    qint64 line = 0;
    User user = {};
    QString emailKey = {};
    QString passwordHash = {};
    QByteArray sealedPassword = {}; ///< Else empty.
};

/// Writes the accounts of an import piece by piece, so that others write in between, and takes them out again where not all of them can be
/// written. Waits for the writer; one thread, which is neither the writer's nor the GUI's.
class ImportWriting final
{
public:
    static constexpr qint64 writtenAtOnce = 200; ///< Accounts of one transaction: some 100 ms of the writer's time.

    struct Order
    {
        const ImportOptions &options;
        const QString &actor;
        const Clock &clock; ///< Asked when something is recorded: to come so far may have taken hours.
    };
    /// `outcome`: what it is to be, where nobody comes between. `all`: how many accounts come. What these refer to outlives this.
    ImportWriting(Database &database, Accounts &accounts, const Order &order, UserImport outcome, qint64 all)
        : m_database(database), m_accounts(accounts), m_order(order), m_outcome(std::move(outcome)), m_all(all)
    {}

    /// In one transaction: the next accounts, at most writtenAtOnce. With the last of them the import is recorded and told. Conflict where
    /// an address or an id was taken since it was judged.
    Result<void> insert(const QList<JudgedUser> &piece);

    const UserImport &outcome() const { return m_outcome; }

    /// Removes what was written, as far as it can and nobody has signed in to it. Gives `why` with what stays: see AccountImport::finish().
    std::unexpected<Error> takeBack(Error why);

private:
    Result<bool> insertOne(Transaction &transaction, const JudgedUser &one);
    Result<void> noteEnd(Transaction &transaction);
    Result<qint64> removeFrom(Transaction &transaction, qint64 from, qint64 removedBefore);
    Result<void> record(Transaction &transaction, QLatin1StringView type, const QJsonObject &details) const;

    Database &m_database;
    Accounts &m_accounts;
    const Order m_order;
    UserImport m_outcome;
    const qint64 m_all;
    qint64 m_done = 0;
    QList<Id> m_made; ///< On disk.
};

} // namespace warder
