#pragma once

#include "core/base/Clock.h"

#include <atomic>

namespace warder {

class AccountChanges;
class Accounts;
class Authenticator;
class ConnectionCounts;
class FormerTokens;
class Health;
class Lanes;
class LoginThrottle;
class Passwords;
class RateLimiter;
class RefreshTokens;
class Registration;
class Sessions;
class SignIn;
class SigningKeys;
class TokenVerifier;
class TrafficStatistics;

/// References to the parts of the core that the HTTP interface (Pipeline and the endpoints) uses; all must outlive it.
struct Services
{
    const Clock &clock;
    Lanes &lanes;
    Accounts &accounts;
    const Passwords &passwords;
    Sessions &sessions;
    SignIn &signIn;
    Registration &registration;
    AccountChanges &changes;
    LoginThrottle &throttle;
    const Authenticator &authenticator;
    const TokenVerifier &verifier;
    const FormerTokens &formerTokens;
    const RefreshTokens &refreshTokens;
    const SigningKeys &keys;
    RateLimiter &limiter;
    TrafficStatistics &traffic;
    const ConnectionCounts &counts;
    const Health &health;
    const std::atomic<bool> &paused; ///< All but the health routes answer 503.
};

} // namespace warder
