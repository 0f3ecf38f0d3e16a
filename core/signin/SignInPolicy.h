#pragma once

#include "core/config/Settings.h"

namespace warder {

/// Who may sign in, and how, beside passwords and passkeys.
struct SignInPolicy
{
    bool requiresVerifiedEmail = false; ///< Only who has proved that the account's address is theirs.
    bool byMail = false;                ///< By a link or a code that is sent to the account's address.

    static SignInPolicy from(const Settings &settings)
    {
        return {.requiresVerifiedEmail = settings.get<"accounts.require_verified_email">(),
                .byMail = settings.get<"accounts.magic_link">()};
    }
};

} // namespace warder
