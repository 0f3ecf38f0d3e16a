#pragma once

#include "core/accounts/User.h"

namespace warder {

/// Hears of every change of accounts once it is on disk: on the writer's thread, in the order of the commits, before who asked for
/// the change is answered. Must be quick, must not wait and must not use the database.
class AccountListener
{
public:
    virtual ~AccountListener() = default;
    virtual void userCreated(const User &user) = 0;
    virtual void userChanged(const User &user) = 0; ///< Any column but the last sign-in, which sessions tell.
    virtual void usersImported(qint64 count) = 0;   ///< So many at once that they are not told one by one.
    virtual void userRemoved(Id user) = 0;
};

} // namespace warder
