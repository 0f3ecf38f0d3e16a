#include "core/tokens/KeySchedule.h"

#include "core/tokens/KeyRing.h"

#include <algorithm>

namespace warder {

Milliseconds KeySchedule::rotationOf(KeyPurpose purpose) const
{
    switch (purpose) {
    case KeyPurpose::Access:  return accessRotation;
    case KeyPurpose::Refresh: return refreshRotation;
    case KeyPurpose::Csrf:    return csrfRotation;
    case KeyPurpose::Former:  return {};
    }
    Q_UNREACHABLE_RETURN(accessRotation);
}

std::optional<TimePoint> KeySchedule::rotatesAt(const KeyRing &ring, KeyPurpose purpose) const
{
    const Milliseconds period = rotationOf(purpose);
    if (period == Milliseconds {0})
        return std::nullopt;
    const TimePoint due = ring.current(purpose).signsSince() + period;
    if (!isPublished(ring.algorithmOf(purpose)))
        return due; // nobody else verifies: whatever key comes next needs no publishing
    const SigningKey *standby = ring.standby(purpose);
    return standby ? std::optional(std::max(due, standby->createdAt + standbyAge)) : std::nullopt;
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
