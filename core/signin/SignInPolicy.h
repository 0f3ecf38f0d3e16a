#pragma once

#include "core/config/Settings.h"

namespace warder {

/// Who may sign in, and how, beside passwords and passkeys.
struct SignInPolicy
{
    bool requiresVerifiedEmail = false; ///< Only who has proved that the account's address is theirs.
    /// Nobody is told by a sign-in whether a registration made the account: a password alone opens none whose address nobody proved and
    /// which nobody ever signed in to.
    bool hidesUnproven = false;
    bool byMail = false; ///< By a link or a code that is sent to the account's address.

    static SignInPolicy from(const Settings &settings)
    {
        return {.requiresVerifiedEmail = settings.get<"accounts.require_verified_email">(),
                .hidesUnproven = settings.get<"accounts.registration_answer">() == u"private",
                .byMail = settings.get<"accounts.magic_link">()};
    }
};

} // namespace warder
