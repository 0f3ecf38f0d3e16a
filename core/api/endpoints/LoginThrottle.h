#pragma once

#include "core/accounts/AccountService.h"
#include "core/accounts/EmailAddress.h"
#include "core/api/Call.h"
#include "core/api/Services.h"
#include "core/ratelimit/LoginBackoff.h"

namespace warder {

/// A try was denied before anybody looked at the password; many of them are an alarm. Any thread.
void noteDeniedGuess(const Services &services, const QHostAddress &address, const QString &account, TimePoint now);

/// Runs `attempt`, which looks at a password of the account `email` and gives a Result, unless it has to wait: wrong
/// passwords slow their address down at that account, and strangers to the account all together. A hashing lane's work.
template <typename Attempt>
std::invoke_result_t<Attempt> guardGuess(const Services &services, const QString &email, const Call &call, Attempt attempt)
{
    LoginTry one {.address = call.client.address,
                  .account = EmailAddress::countedName(email),
                  .knownAddress = services.accounts.knowsAddress(email, call.client.address).value_or(false)};
    if (const auto decision = services.backoff.check(one, call.now); !decision.allowed) {
        noteDeniedGuess(services, one.address, one.account, call.now);
        return std::unexpected(decision.error());
    }
    auto result = attempt();
    if (result)
        services.backoff.succeeded(one, call.now);
    else if (result.error().code == ErrorCode::InvalidCredentials)
        services.backoff.failed(one, call.now);
    else
        services.backoff.excused(one, call.now);
    return result;
}

} // namespace warder
