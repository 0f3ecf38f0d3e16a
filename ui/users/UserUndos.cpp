#include "ui/users/UserUndos.h"

#include "ui/support/UiTexts.h"
#include "ui/users/UserTexts.h"

namespace warder {

QString UserUndos::switched(const UserView &left)
{
    const QString email = UiTexts::foreign(left.email);
    return left.disabled ? /*: What was done and can be taken back; %1 is an e-mail address. */ tr("Disabling of %1").arg(email)
                         : /*: What was done and can be taken back; %1 is an e-mail address. */ tr("Enabling of %1").arg(email);
}

bool UserUndos::isStillSwitched(const UserView &left, const UserView &now)
{
    return now.id == left.id && now.disabled == left.disabled && now.deletedAt == left.deletedAt;
}

Confirmation UserUndos::beforeEnabling(const UserView &now)
{
    return {//: Question before a disabled account is enabled; %1 is an e-mail address.
            .question = tr("Enable %1 again?").arg(UiTexts::foreign(now.email)),
            //: What follows when an account is enabled again.
            .effect = tr("They may log in again. Their sessions that ended stay ended."),
            //: Button: enables an account.
            .action = tr("Enable")};
}

Confirmation UserUndos::beforeDisabling(const UserView &now, qint64 live)
{
    //: What follows when an account is disabled again.
    const QString afterwards = tr("They cannot log in.");
    return {//: Question before an account is disabled again; %1 is an e-mail address.
            .question = tr("Disable %1 again?").arg(UiTexts::foreign(now.email)),
            .effect = UserTexts::sessionsEnd(live) + u' ' + afterwards,
            //: Button: disables an account.
            .action = tr("Disable")};
}

QString UserUndos::edited(const UserView &left)
{
    //: What was done and can be taken back; %1 is an e-mail address.
    return tr("Change of %1").arg(UiTexts::foreign(left.email));
}

bool UserUndos::isStill(const UserView &left, const UserView &now)
{
    return now.id == left.id && now.email == left.email && now.name == left.name && now.roles == left.roles
           && now.deletedAt == left.deletedAt;
}

Confirmation UserUndos::beforeGivingBack(const UserView &before, bool withAddress)
{
    //: What follows when name, roles and address of an account are what they were.
    const QString all = tr("Name, roles and address are again what they were before it. The address counts as not verified.");
    //: What follows when the name and the roles of an account are what they were.
    const QString nameAndRoles = tr("Name and roles are again what they were before it.");
    return {//: Question before an account is what it was; %1 is an e-mail address.
            .question = tr("Take back the change of %1?").arg(UiTexts::foreign(before.email)),
            .effect = withAddress ? all : nameAndRoles,
            //: Button: takes something back.
            .action = tr("Take back")};
}

QString UserUndos::deleted(const UserView &left)
{
    //: What was done and can be taken back; %1 is an e-mail address.
    return tr("Deletion of %1").arg(UiTexts::foreign(left.email));
}

QString UserUndos::restored(const UserView &left)
{
    //: What was done and can be taken back; %1 is an e-mail address.
    return tr("Restoring of %1").arg(UiTexts::foreign(left.email));
}

bool UserUndos::isStillDeleted(const UserView &left, const UserView &now) { return now.id == left.id && now.deletedAt == left.deletedAt; }

Confirmation UserUndos::beforeRestoring(const UserView &now)
{
    return {//: Question before the deletion of an account is taken back; %1 is an e-mail address.
            .question = tr("Restore %1?").arg(UiTexts::foreign(now.email)),
            //: What follows when the deletion of an account is taken back.
            .effect = tr("The account is as it was before it was deleted. Its sessions that ended stay ended."),
            //: Button: takes the deletion of an account back.
            .action = tr("Restore")};
}

Confirmation UserUndos::beforeDeletion(const UserView &now, qint64 live)
{
    //: What follows when a restored account is deleted again.
    const QString afterwards = tr("Nobody can sign in to the account. The time until it goes for good begins anew.");
    return {//: Question before a restored account is deleted again; %1 is an e-mail address.
            .question = tr("Delete %1 again?").arg(UiTexts::foreign(now.email)),
            .effect = UserTexts::sessionsEnd(live) + u' ' + afterwards,
            //: Button: deletes an account.
            .action = tr("Delete")};
}

} // namespace warder
