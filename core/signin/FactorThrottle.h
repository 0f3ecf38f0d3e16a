#pragma once

#include "core/base/Id.h"
#include "core/ratelimit/LoginBackoff.h"

#include <expected>
#include <functional>

namespace warder {

class Accounts;

/// Slows down whoever guesses the six digits of an account over all its sign-ins, by the rule `mfa_backoff`: those of authenticator
/// apps, where only somebody with a right password gets, so that no stranger can make an owner wait; and, by one of its own, those
/// of mails, beside which there is a link that nobody guesses. Any lane.
class FactorThrottle final
{
public:
    static constexpr int severalWrong = 3; ///< In a row: that somebody guesses is likely by then.

    /// `secret`: AppCode or MailCode, which are counted apart. What is counted stands in `backoff`, by the account's address.
    FactorThrottle(LoginBackoff &backoff, const Accounts &accounts, TriedSecret secret);

    /// Runs `attempt`, which looks at a code of `user` and gives a Result, unless it has to wait (LimitReached). InvalidInput counts as
    /// wrong, and `wrong` hears how many of the account were in a row, this one with them; 0 where nothing counts them.
    template <typename Attempt>
    std::invoke_result_t<Attempt> guard(Id user, TimePoint now, Attempt attempt, const std::function<void(qint64)> &wrong = {})
    {
        return guardName(accountOf(user), now, attempt, wrong);
    }
    /// The same for whom nobody knows: by the name that EmailAddress::countedName() gives what was typed.
    template <typename Attempt>
    std::invoke_result_t<Attempt> guardName(const QString &account, TimePoint now, Attempt attempt,
                                            const std::function<void(qint64)> &wrong = {})
    {
        LoginTry one {.address = {}, .account = account, .secret = m_secret};
        if (const auto decision = m_backoff.check(one, now); !decision.allowed)
            return std::unexpected(decision.error());
        auto result = m_backoff.excusedIfThrown(one, now, attempt);
        if (result) {
            m_backoff.succeeded(one, now);
        } else if (result.error().code == ErrorCode::InvalidInput) {
            const LoginFailure failure = m_backoff.failed(one, now);
            if (wrong)
                wrong(failure.inARow);
        } else {
            m_backoff.excused(one, now);
        }
        return result;
    }

    /// An admin has taken the account's factors away, or its owner has proved otherwise who they are.
    void forget(Id user, TimePoint now);

private:
    QString accountOf(Id user) const;

    LoginBackoff &m_backoff;
    const Accounts &m_accounts;
    const TriedSecret m_secret;
};

} // namespace warder
