#include "core/sessions/SessionPolicy.h"

#include <limits>

namespace warder {

TimePoint idleExpiry(const SessionPolicy &policy, TimePoint expiresAt, TimePoint now) { return std::min(now + policy.idle, expiresAt); }

std::optional<Refusal> whyRefused(const Session &session, TimePoint now)
{
    if (session.revokedAt)
        return Refusal::Revoked;
    if (now >= session.expiresAt)
        return Refusal::TooOld;
    if (now >= session.idleExpiresAt)
        return Refusal::Idle;
    return std::nullopt;
}

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
