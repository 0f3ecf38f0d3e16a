#pragma once

#include "core/accounts/User.h"

namespace warder {

/// Hears of every change of accounts once it is on disk: on the writer's thread, in the order of the commits, before the caller that
/// asked for the change is answered. Must be quick, must not wait and must not use the database.
class AccountListener
{
public:
    virtual ~AccountListener() = default;
    virtual void userCreated(const User &user) = 0;
    virtual void userChanged(const User &user) = 0; ///< Not for a new last sign-in: SessionListener::sessionOpened() tells it.
    virtual void usersImported(qint64 count) = 0;   ///< Once per import, in place of userCreated() for each.
    virtual void userRemoved(Id user) = 0;
};

} // namespace warder
