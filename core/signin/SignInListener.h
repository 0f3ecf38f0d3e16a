#pragma once

#include "core/accounts/User.h"
#include "core/ratelimit/GuessWatch.h"

namespace warder {

/// Hears of attempts to sign in that have no session yet, and of limits that only tell. From any lane. Must be quick, must not wait
/// and must not use the database.
class SignInListener
{
public:
    virtual ~SignInListener() = default;
    /// An alarm; `user`: if the account exists. Also when the database could not record it.
    virtual void bruteForceSeen(const BruteForce &seen, const std::optional<User> &user) = 0;
    /// A rule that only raises an alarm (RateAction::Alert) was exceeded, for the first time in a while: by that address, as the
    /// limiter counts it, with that account, which may be empty. Also from an HTTP thread.
    virtual void limitExceeded(const QString &rule, const QString &address, const QString &account, TimePoint now) = 0;
};

} // namespace warder
