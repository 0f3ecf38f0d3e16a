#include "core/tokens/KeySchedule.h"

#include "core/tokens/SigningKeys.h"

#include <algorithm>

namespace warder {

std::optional<TimePoint> KeySchedule::rotatesAt(const KeyRing &ring, KeyPurpose purpose) const
{
    const Milliseconds period = purpose == KeyPurpose::Access ? accessRotation : refreshRotation;
    if (period == Milliseconds {0})
        return std::nullopt;
    const SigningKey &current = ring.current(purpose);
    const TimePoint due = current.activatedAt.value_or(current.createdAt) + period;
    if (purpose == KeyPurpose::Refresh || !current.material->publicJwk())
        return due; // nobody else verifies: whatever key comes next needs no publishing
    const auto standby = std::ranges::find(ring.keys, KeyState::Standby, &SigningKey::state);
    return standby == ring.keys.cend() ? std::nullopt : std::optional(std::max(due, standby->createdAt + standbyAge));
}

std::optional<TimePoint> KeySchedule::leavesAt(const SigningKey &key) const
{
    if (spentKept == Milliseconds {0})
        return std::nullopt;
    const auto kept = [this](TimePoint spentAt) { return spentAt + spentKept; };
    switch (key.state) {
    case KeyState::Standby:
    case KeyState::Current:  return std::nullopt;
    case KeyState::Retiring: return key.verifyUntil.transform(kept);
    case KeyState::Revoked:  return key.revokedAt.transform(kept);
    }
    Q_UNREACHABLE_RETURN(std::nullopt);
}

} // namespace warder
