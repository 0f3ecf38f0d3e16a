#pragma once

#include "core/base/Rotation.h"
#include "core/config/Settings.h"
#include "core/sessions/Session.h"

namespace warder {

/// How long sessions live.
struct SessionPolicy
{
    Milliseconds idle = std::chrono::days {14};
    Milliseconds longest = std::chrono::days {90};
    Milliseconds grace = Seconds {30}; ///< 0–300 s: how long the token before the current one still gets the same successor.
    int mostPerUser = 200;             ///< Live at once; a sign-in beyond ends the one that was unused longest.

    static SessionPolicy from(const Settings &settings)
    {
        return {.idle = settings.get<"sessions.idle_lifetime">(),
                .longest = settings.get<"sessions.absolute_lifetime">(),
                .grace = settings.get<"sessions.refresh_grace">(),
                .mostPerUser = int(settings.get<"sessions.max_per_user">())};
    }
};

/// Until when a session that is used at `now` lives if it isn't used again: never longer than its absolute end.
TimePoint idleExpiry(const SessionPolicy &policy, TimePoint expiresAt, TimePoint now);

/// Whether this session may still be used. At a limit exactly is past it.
bool isLive(const Session &session, TimePoint now);

/// What presenting a genuine refresh token of `generation` means for the session.
Rotation rotationFor(const Session &session, qint64 generation, const SessionPolicy &policy, TimePoint now);

} // namespace warder
