#pragma once

#include <QString>

namespace warder {

/// Whom a provider says that somebody is there. Issuer and subject identify them; the rest may change, and is the provider's word.
struct ForeignIdentity
{
    QString issuer = {};
    QString subject = {}; ///< At most 255 characters.
    QString email = {};   ///< At most 254 characters, perhaps no address; empty: it tells none.
    /// The provider says that the address is theirs, and is one whose word about this address counts: see provider_profile.
    bool isEmailVerified = false;
    QString name = {}; ///< At most 200 characters.

    bool operator==(const ForeignIdentity &) const = default;
};

} // namespace warder
