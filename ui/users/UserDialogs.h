#pragma once

#include "core/console/orders/Users.h"
#include "ui/PageContext.h"

#include <QCoreApplication>

#include <functional>

class QCheckBox;
class QWidget;

namespace warder {

class FormDialog;
class FormField;

/// The forms about an account. Each is to be opened, and goes when it closes; `onTaken` hears of the account as it is once the server has
/// taken the order. GUI thread.
class UserDialogs final
{
    Q_DECLARE_TR_FUNCTIONS(warder::UserDialogs)
public:
    /// Roles as somebody types them, with commas between.
    static QStringList rolesIn(const QString &text);
    /// Two buttons beside a new password: one makes it up, one copies it. Whoever is told a password that somebody else has seen should
    /// choose another one: making one up checks `mustChange`, where there is such a box.
    static void addGenerator(FormField &password, QCheckBox *mustChange = nullptr);

    /// A new account.
    static FormDialog *create(const PageContext &context, QWidget *parent, std::function<void(const UserView &)> onTaken);
    /// A new account whose owner gets a mail to set the first password.
    static FormDialog *invite(const PageContext &context, QWidget *parent, std::function<void(const UserView &)> onTaken);
    /// Name, address and roles; sessions stay. Sends what was changed only, and `onTaken` hears what that is.
    static FormDialog *edit(const PageContext &context, const UserView &user, QWidget *parent,
                            std::function<void(const UserEdit &edit, const UserView &after)> onTaken);
    /// A new password, typed or made up, perhaps to be changed by its owner; ends the sessions, as every change of a password does.
    static FormDialog *setPassword(const PageContext &context, const UserView &user, QWidget *parent, std::function<void()> onTaken);
};

} // namespace warder
