#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/sealing/SecretFact.h"

namespace warder {

class Database;
class Sealer;
class Transaction;

/// New codes for their owner to write down, and what is stored of them.
struct FreshRecoveryCodes
{
    QStringList codes; ///< "k4f7h-2m9xq": shown once, never again.
    QList<QByteArray> hashes;
};

/// Codes that stand in for a lost phone: ten of an account, each good once. A code has ten characters of thirty that nobody confuses (49
/// bits), so that a guesser gets nowhere; stored are HMACs of them. Their key is random, sealed, and stays the same for as long as the
/// database lives: a rotation of the master key could not hash again what nobody knows.
///
/// Functions that take a Transaction join the caller's job; the first prepare() and hashOf() of a database wait for the writer. Any lane.
class RecoveryCodes final
{
public:
    static constexpr int count = 10;

    /// `sealer`: of sealed_columns::recoveryPurpose.
    RecoveryCodes(Database &database, const Sealer &sealer);

    /// Makes codes, which are good once store() is on disk.
    Result<FreshRecoveryCodes> prepare(Id user);
    /// In place of all that the account had.
    static Result<void> store(Transaction &transaction, Id user, const FreshRecoveryCodes &fresh);

    /// Of what was typed: in any case, with or without hyphen and spaces.
    Result<QByteArray> hashOf(Id user, QStringView typed);
    /// False when the account has no such code, or had it. Of two callers one gets it.
    static Result<bool> spend(Transaction &transaction, Id user, const QByteArray &hash);

private:
    const SecretFact m_key;
};

} // namespace warder
