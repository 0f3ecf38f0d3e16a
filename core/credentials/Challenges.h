#pragma once

#include "core/base/Result.h"
#include "core/credentials/Challenge.h"

namespace warder {

class Database;
class Sealer;
class Transaction;

/// What a challenge is made for.
struct NewChallenge
{
    ChallengePurpose purpose = ChallengePurpose::SecondFactor;
    std::optional<Id> user = {};    ///< It dies with their account, and with what removeSignIns() and removeAll() say.
    std::optional<Id> session = {}; ///< It dies with the row of that session.
    QJsonObject data = {};          ///< What whoever spends it must know; sealed.
    Milliseconds life {0};
    QByteArray secret = {}; ///< 32 bytes where the caller has made them; empty: random ones.
};

/// A challenge that somebody may spend.
struct OpenedChallenge
{
    QByteArray secret; ///< base64url of 32 random bytes, 43 characters: for the client alone.
    QByteArray id;
    TimePoint expiresAt;
};

/// What is good once and soon over: second steps, and the challenges of WebAuthn. The only writer of its table but for Housekeeping, which
/// sweeps. Who finds nothing is told InvalidToken, whether it never was, is over, was spent, or was tried too often.
///
/// Bounded, so that nobody can fill the disk: a user has at most mostOfUser() for each purpose, and strangers together `mostOfNobody`;
/// those that end first go.
///
/// Functions that take a Transaction join the caller's job; open(), attempt() and take() wait for the writer; find() and findSpendable()
/// read. Any lane.
class Challenges final
{
public:
    static constexpr int mostAttempts = 5;
    static constexpr qint64 mostOfNobody = 50'000; ///< Some 20 MB.

    /// `sealer`: of sealed_columns::challengePurpose.
    Challenges(Database &database, const Sealer &sealer);

    /// The id behind a secret; nothing for what can be none. Pure.
    static std::optional<QByteArray> idOf(QByteArrayView secret);

    Result<OpenedChallenge> open(const NewChallenge &wanted, TimePoint now);
    /// The same in the caller's job. Seals by itself (sealed_columns::sealWithin()).
    Result<OpenedChallenge> openWithin(Transaction &transaction, const NewChallenge &wanted, TimePoint now);

    /// Without counting. Also on an HTTP thread.
    Result<Challenge> find(const QByteArray &id, ChallengePurpose purpose, TimePoint now) const;
    /// Whatever was counted: tries at a code do not void the link that came with it.
    Result<Challenge> findSpendable(const QByteArray &id, ChallengePurpose purpose, TimePoint now) const;

    /// Counts one attempt on disk, before the caller compares anything: of guesses that come at once no more than `mostAttempts` are
    /// looked at.
    Result<Challenge> attempt(const QByteArray &id, ChallengePurpose purpose, TimePoint now);

    /// Spends it, whatever was counted: of several callers one gets it. In the transaction of what it is spent for.
    Result<Challenge> spend(Transaction &transaction, const QByteArray &id, ChallengePurpose purpose, TimePoint now);
    /// The same in a job of its own, for what is spent by the first look at an answer, right or wrong.
    Result<Challenge> take(const QByteArray &id, ChallengePurpose purpose, TimePoint now);

    /// Answers it, once, and leaves it where it is until it is over: for what takes two answers, and where nobody who has another secret of
    /// it may see that it was spent. InvalidToken also when it was answered.
    Result<Challenge> answer(Transaction &transaction, const QByteArray &id, ChallengePurpose purpose, TimePoint now);
    /// Whether one of the user's was.
    static Result<bool> hasAnswered(Transaction &transaction, Id user, ChallengePurpose purpose, TimePoint now);

    /// One of nobody is this user's from now on; false where there is none. Those beyond the most count as answered, and stay: whoever
    /// asked for them must not see that there is an account.
    static Result<bool> bind(Transaction &transaction, const QByteArray &id, ChallengePurpose purpose, Id user, TimePoint now);

    static Result<qint64> countByUser(Transaction &transaction, Id user, ChallengePurpose purpose, TimePoint now);
    /// All of the user's for one purpose.
    static Result<void> removeByPurpose(Transaction &transaction, Id user, ChallengePurpose purpose);
    /// The user's EmailChangeOld agree to nothing any more, and report still. Makes room for one more: of more the first ones stay, whose
    /// mails surely went out.
    static Result<void> voidAgreements(Transaction &transaction, Id user);
    /// Sign-ins under way, and questions to passkeys: every change of factors ends these. Links of mails stay.
    static Result<void> removeSignIns(Transaction &transaction, Id user);
    /// Every change of a password, of the address or of an account's state does this. Reports stay, since whoever took an
    /// account over changes its password first: SignInReport, and EmailChangeOld, which agrees to nothing any more.
    static Result<void> removeAll(Transaction &transaction, Id user);

private:
    Database &m_database;
    const Sealer &m_sealer;
};

} // namespace warder
