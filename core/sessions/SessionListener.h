#pragma once

#include "core/accounts/User.h"
#include "core/sessions/Session.h"

namespace warder {

/// Hears of every change of sessions once it is on disk: on the writer's thread, in the order of the commits, before the caller that
/// asked for the change is answered; so nothing of a session comes after its end. Must be quick, must not wait and must not use the
/// database.
class SessionListener
{
public:
    virtual ~SessionListener() = default;
    virtual void sessionOpened(const Session &session, const User &user) = 0;
    virtual void sessionRenewed(const Session &session, const User &user) = 0; ///< Refreshed, or its owner proved once more who they are.
    virtual void sessionEnded(const Session &session) = 0;                     ///< revokedReason says why.
    /// An alarm, `from`: who presented the spent token, which is not where the session was opened. sessionEnded() came before.
    virtual void refreshReused(const Session &session, const QString &email, const QString &from) = 0;
};

} // namespace warder
