#include "core/signin/FactorThrottle.h"

#include "core/accounts/Accounts.h"
#include "core/accounts/EmailAddress.h"

namespace warder {

FactorThrottle::FactorThrottle(LoginBackoff &backoff, const Accounts &accounts, TriedSecret secret)
    : m_backoff(backoff), m_accounts(accounts), m_secret(secret)
{}

/// Whom the window shows, and can let go on; an account that is just going has no address to show.
QString FactorThrottle::accountOf(Id user) const
{
    const auto owner = m_accounts.findById(user);
    return owner ? EmailAddress::countedName(owner->email) : user.toString();
}

void FactorThrottle::forget(Id user, TimePoint now)
{
    m_backoff.succeeded({.address = {}, .account = accountOf(user), .secret = m_secret}, now);
}

} // namespace warder
