#pragma once

#include "core/base/Clock.h"

#include <atomic>

namespace warder {

class AccountChanges;
class Accounts;
class Authenticator;
class BreachCheck;
class ConnectionCounts;
class EmailChange;
class EmailVerification;
class FactorChanges;
class FederatedSignIn;
class FormerTokens;
class Health;
class Identities;
class IdentityChanges;
class Lanes;
class LoginThrottle;
class MailSignIn;
class PasskeySignIn;
class Passkeys;
class PasswordReset;
class Passwords;
class PendingSignIns;
class Providers;
class RateLimiter;
class RecentRefusals;
class RefreshTokens;
class Registration;
class Sessions;
class SignIn;
class SignInReports;
class SigningKeys;
class StepUp;
class TokenVerifier;
class TrafficStatistics;

/// References to the parts of the core that the HTTP interface (Pipeline and the endpoints) uses; all must outlive it.
struct Services
{
    const Clock &clock;
    Lanes &lanes;
    Accounts &accounts;
    const Passwords &passwords;
    BreachCheck &breaches;
    Sessions &sessions;
    SignIn &signIn;
    Passkeys &passkeys;
    PasskeySignIn &passkeySignIn;
    Registration &registration;
    AccountChanges &changes;
    FactorChanges &factors;
    PendingSignIns &pendingSignIns;
    StepUp &stepUp;
    EmailVerification &emailVerification;
    PasswordReset &passwordReset;
    EmailChange &emailChange;
    MailSignIn &mailSignIn;
    SignInReports &signInReports;
    const Providers &providers;
    FederatedSignIn &federatedSignIn;
    const Identities &identities;
    IdentityChanges &identityChanges;
    LoginThrottle &throttle;
    const Authenticator &authenticator;
    const TokenVerifier &verifier;
    const FormerTokens &formerTokens;
    const RefreshTokens &refreshTokens;
    const SigningKeys &keys;
    RateLimiter &limiter;
    TrafficStatistics &traffic;
    RecentRefusals &refusals;
    const ConnectionCounts &counts;
    Health &health;
    const std::atomic<bool> &paused; ///< All but the health routes answer 503.
};

} // namespace warder
