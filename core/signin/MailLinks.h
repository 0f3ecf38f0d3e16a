#pragma once

#include "core/base/Result.h"
#include "core/credentials/Challenge.h"

#include <algorithm>
#include <initializer_list>

namespace warder {

class Challenges;
class Transaction;

/// The links of mails, once they come back: whatever is wrong with one is InvalidLink. Any lane.
class MailLinks final
{
public:
    explicit MailLinks(Challenges &challenges) : m_challenges(challenges) {}

    /// What a token stands for, if it is for one of these. Reads.
    Result<Challenge> find(QByteArrayView token, std::initializer_list<ChallengePurpose> purposes, TimePoint now) const;

    /// Spends what find() found, in the transaction of what it is spent for: of several callers one gets it.
    Result<void> spend(Transaction &transaction, const Challenge &link, TimePoint now);
    /// The same, and it stays where it is (Challenges::answer()).
    Result<void> answer(Transaction &transaction, const Challenge &link, TimePoint now);

    /// That a link is over, in words for the log.
    static std::unexpected<Error> over(const QString &why);
    /// What came of something; any of these refusals means that the link is over. (A ticket that is over is 401, which says that a session
    /// is; a link is no part of one.)
    template <typename T>
    static Result<T> orOver(const Result<T> &done, std::initializer_list<ErrorCode> refusals)
    {
        if (!done && std::ranges::contains(refusals, done.error().code))
            return over(done.error().detail);
        return done;
    }

private:
    Challenges &m_challenges;
};

} // namespace warder
