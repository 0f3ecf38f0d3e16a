#pragma once

#include "core/console/orders/Users.h"
#include "ui/widgets/Confirm.h"

#include <QCoreApplication>

namespace warder {

/// What was done to an account and can be taken back: what it is called, what is asked before, and whether the account still is as that
/// left it. GUI thread.
class UserUndos final
{
    Q_DECLARE_TR_FUNCTIONS(warder::UserUndos)
public:
    /// "Disabling of ada@example.com"
    static QString switched(const UserView &left);
    static bool isStillSwitched(const UserView &left, const UserView &now);
    static Confirmation beforeEnabling(const UserView &now);
    /// `live`: of their sessions, which end.
    static Confirmation beforeDisabling(const UserView &now, qint64 live);

    static QString edited(const UserView &left);
    static bool isStill(const UserView &left, const UserView &now);
    /// An address that comes back is not quite what it was, since nobody has proved it anew.
    static Confirmation beforeGivingBack(const UserView &before, bool withAddress);

    static QString deleted(const UserView &left);
    static QString restored(const UserView &left);
    /// Deleted at that moment, or not at all.
    static bool isStillDeleted(const UserView &left, const UserView &now);
    static Confirmation beforeRestoring(const UserView &now);
    static Confirmation beforeDeletion(const UserView &now, qint64 live);
};

} // namespace warder
