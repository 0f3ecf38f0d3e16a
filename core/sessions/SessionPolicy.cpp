#include "core/sessions/SessionPolicy.h"

#include <limits>

namespace warder {

TimePoint idleExpiry(const SessionPolicy &policy, TimePoint expiresAt, TimePoint now) { return std::min(now + policy.idle, expiresAt); }

bool isLive(const Session &session, TimePoint now) { return !session.revokedAt && now < session.expiresAt && now < session.idleExpiresAt; }

Rotation rotationFor(const Session &session, qint64 generation, const SessionPolicy &policy, TimePoint now)
{
    if (generation == session.generation)
        return Rotation::Rotate;
    if (generation == session.generation - 1 && now < session.rotatedAt + policy.grace)
        return Rotation::Repeat;
    // Nobody but us makes genuine tokens, so that one we do not remember was made after this copy of the database.
    if (generation > session.generation && generation < std::numeric_limits<qint64>::max())
        return Rotation::Ahead;
    return Rotation::Reused;
}

} // namespace warder
