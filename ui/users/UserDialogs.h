#pragma once

#include "core/console/orders/Users.h"
#include "ui/PageContext.h"

#include <QCoreApplication>

#include <functional>

class QWidget;

namespace warder {

class FormDialog;

/// The forms about an account. Each is to be opened, and goes when it closes; `onTaken` hears of the account as it is once the server has
/// taken the order. GUI thread.
class UserDialogs final
{
    Q_DECLARE_TR_FUNCTIONS(warder::UserDialogs)
public:
    /// A new account.
    static FormDialog *create(const PageContext &context, QWidget *parent, std::function<void(const UserView &)> onTaken);
    /// A new account whose owner gets a mail to set the first password.
    static FormDialog *invite(const PageContext &context, QWidget *parent, std::function<void(const UserView &)> onTaken);
    /// Name, address and roles; sessions stay. Sends what was changed only.
    static FormDialog *edit(const PageContext &context, const UserView &user, QWidget *parent,
                            std::function<void(const UserView &)> onTaken);
    /// A new password; ends the sessions, as every change of a password does.
    static FormDialog *setPassword(const PageContext &context, const UserView &user, QWidget *parent, std::function<void()> onTaken);
};

} // namespace warder
