#pragma once

#include "core/accounts/User.h"
#include "core/ratelimit/GuessWatch.h"
#include "core/sessions/Session.h"

namespace warder {

/// Told of every change to sessions and users after it is on disk. The console's journal listens here; calls come from any
/// lane, must be quick and must not call back.
class SessionFeed
{
public:
    virtual ~SessionFeed() = default;
    virtual void sessionOpened(const Session &session, const User &user) = 0;
    virtual void sessionRenewed(const Session &session, const User &user) = 0;
    virtual void sessionEnded(const Session &session) = 0; ///< revokedReason says why.
    /// An alarm, `from`: who presented the spent token, which is not where the session was opened. sessionEnded() comes too.
    virtual void refreshReused(const Session &session, const QString &email, const QString &from) = 0;
    virtual void bruteForceSeen(const BruteForce &seen, const std::optional<User> &user) = 0; ///< An alarm; `user`: if the account exists.
    virtual void userCreated(const User &user) = 0;
    virtual void userChanged(const User &user) = 0; ///< Edited, disabled, enabled.
    virtual void usersImported(qint64 count) = 0;   ///< So many at once that they are not told one by one.
    virtual void userRemoved(Id user) = 0;
};

} // namespace warder
