#pragma once

#include "core/credentials/PasswordPolicy.h"
#include "core/crypto/PasswordHasher.h"
#include "core/ratelimit/LoginBackoff.h"
#include "core/ratelimit/RateRule.h"
#include "core/sealing/MasterKeyPolicy.h"
#include "core/sessions/SessionPolicy.h"
#include "core/signin/Registration.h"
#include "core/tokens/KeySchedule.h"
#include "core/tokens/TokenPolicy.h"

namespace warder {

/// How each room of a Core behaves.
struct CorePolicies
{
    HashingPolicy hashing = {};
    PasswordPolicy passwords = {};
    RegistrationPolicy registration = {};
    TokenPolicy tokens = {};
    KeySchedule keys = {};
    MasterKeyPolicy masterKey = {};
    SessionPolicy sessions = {};
    BackoffPolicy backoff = {};
    QList<RateRule> rateRules = {};

    static CorePolicies from(const Settings &settings)
    {
        return {.hashing = HashingPolicy::from(settings),
                .passwords = PasswordPolicy::from(settings),
                .registration = RegistrationPolicy::from(settings),
                .tokens = TokenPolicy::from(settings),
                .keys = KeySchedule::from(settings),
                .masterKey = MasterKeyPolicy::from(settings),
                .sessions = SessionPolicy::from(settings),
                .backoff = BackoffPolicy::from(settings),
                .rateRules = rateRulesFrom(settings)};
    }
};

} // namespace warder
