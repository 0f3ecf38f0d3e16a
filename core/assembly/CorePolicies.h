#pragma once

#include "core/credentials/BreachCheck.h"
#include "core/credentials/FactorPolicy.h"
#include "core/credentials/PasskeyPolicy.h"
#include "core/credentials/PasswordPolicy.h"
#include "core/crypto/PasswordHasher.h"
#include "core/federation/FederationPolicy.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/ratelimit/RateRule.h"
#include "core/sealing/MasterKeyPolicy.h"
#include "core/sessions/SessionPolicy.h"
#include "core/signin/FederatedSignIn.h"
#include "core/signin/Registration.h"
#include "core/signin/SignInPolicy.h"
#include "core/tokens/KeySchedule.h"
#include "core/tokens/TokenPolicy.h"

namespace warder {

/// How each room of a Core behaves.
struct CorePolicies
{
    HashingPolicy hashing = {};
    PasswordPolicy passwords = {};
    FactorPolicy factors = {};
    BreachPolicy breaches = {};
    PasskeyPolicy passkeys = {};
    FederationPolicy federation = {};
    FederatedPolicy federated = {};
    RegistrationPolicy registration = {};
    SignInPolicy signIn = {};
    TokenPolicy tokens = {};
    KeySchedule keys = {};
    MasterKeyPolicy masterKey = {};
    SessionPolicy sessions = {};
    BackoffPolicy backoff = {};
    LimiterPolicy limiter = {};
    QList<RateRule> rateRules = {}; ///< Warder's own, until the settings are read again.

    static CorePolicies from(const Settings &settings)
    {
        return {.hashing = HashingPolicy::from(settings),
                .passwords = PasswordPolicy::from(settings),
                .factors = FactorPolicy::from(settings),
                .breaches = BreachPolicy::from(settings),
                .passkeys = PasskeyPolicy::from(settings),
                .federation = FederationPolicy::from(settings),
                .federated = FederatedPolicy::from(settings),
                .registration = RegistrationPolicy::from(settings),
                .signIn = SignInPolicy::from(settings),
                .tokens = TokenPolicy::from(settings),
                .keys = KeySchedule::from(settings),
                .masterKey = MasterKeyPolicy::from(settings),
                .sessions = SessionPolicy::from(settings),
                .limiter = LimiterPolicy::from(settings),
                .rateRules = ownRules(settings)};
    }
};

} // namespace warder
