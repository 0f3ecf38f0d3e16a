#pragma once

#include "core/accounts/User.h"
#include "core/ratelimit/GuessWatch.h"

namespace warder {

/// Hears of attempts to sign in that have no session yet. From any lane. Must be quick, must not wait and must not use the database.
class SignInListener
{
public:
    virtual ~SignInListener() = default;
    /// An alarm; `user`: if the account exists. Also when the database could not record it.
    virtual void bruteForceSeen(const BruteForce &seen, const std::optional<User> &user) = 0;
};

} // namespace warder
