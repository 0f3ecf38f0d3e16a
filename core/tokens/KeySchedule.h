#pragma once

#include "core/base/Clock.h"
#include "core/base/KeyPurpose.h"
#include "core/config/Settings.h"

#include <optional>

namespace warder {

struct KeyRing;
struct SigningKey;

/// When keys rotate, and leave the ring, without anybody's doing. Pure; any thread.
struct KeySchedule
{
    /// How long whoever fetched the JWKS may keep it.
    static constexpr Milliseconds jwksKept = std::chrono::minutes {5};
    /// So old must a standby be before it steps up by itself: a minute more than the above, since it is made before it is published.
    static constexpr Milliseconds standbyAge = jwksKept + std::chrono::minutes {1};

    Milliseconds accessRotation = std::chrono::days {90}; ///< So long a key signs; 0: until somebody rotates it.
    Milliseconds refreshRotation = std::chrono::days {90};
    Milliseconds csrfRotation = std::chrono::days {90};
    Milliseconds spentKept = std::chrono::days {30}; ///< Since nothing that a key signed is accepted any more; 0: for good.

    static KeySchedule from(const Settings &settings)
    {
        return {.accessRotation = settings.get<"keys.access_rotation">(),
                .refreshRotation = settings.get<"keys.refresh_rotation">(),
                .csrfRotation = settings.get<"keys.csrf_rotation">(),
                .spentKept = settings.get<"keys.spent_kept">()};
    }

    Milliseconds rotationOf(KeyPurpose purpose) const;

    /// From when on the purpose's current key is due, which may be long ago: then once, and not once for each time that was missed.
    /// Nothing: it stays. Counts from when the key began to sign, so that a clock that was set back makes nothing due. The ring has a
    /// current key of the purpose.
    std::optional<TimePoint> rotatesAt(const KeyRing &ring, KeyPurpose purpose) const;

    /// From when on the key is to be deleted. Nothing for one that signs or will sign, or that is kept for good.
    std::optional<TimePoint> leavesAt(const SigningKey &key) const;
};

} // namespace warder
