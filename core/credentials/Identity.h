#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QString>

namespace warder {

/// An account at a provider that signs in to one of ours. Issuer and subject say whose it is there, and never the address.
struct Identity
{
    Id id = {};
    Id user = {};
    QString provider = {}; ///< Provider::name
    QString issuer = {};
    QString subject = {};
    QString email = {}; ///< What the provider said last, for display; may be empty.
    bool isEmailVerified = false;
    TimePoint createdAt = {};
    TimePoint lastUsedAt = {};

    bool operator==(const Identity &) const = default;
};

} // namespace warder
