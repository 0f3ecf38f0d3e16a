#pragma once

#include "core/console/orders/Users.h"
#include "ui/PageContext.h"
#include "ui/support/Ask.h"

#include <QDialog>

#include <functional>

class QDialogButtonBox;
class QVBoxLayout;

namespace warder {

class FormField;
class InlineMessage;

/// A small form that sends an order and stays open until the server takes it: what is wrong shows at its field. GUI thread.
class UserDialog final : public QDialog
{
    Q_OBJECT
public:
    UserDialog(const PageContext &context, const QString &title, const QString &action, QWidget *parent);

    FormField *addField(const QString &key, const QString &name, const QString &remark = {});
    void addText(const QString &text);
    /// `make` reads the fields.
    template <typename MakeOrder>
    void setOrder(MakeOrder make)
    {
        m_send = [this, make = std::move(make)] {
            const auto onSaved = [this](const auto &...user) { finish(user...); };
            ask(m_context.console.ask(make()), this, onSaved, [this](const Error &error) { showError(error); });
        };
    }

Q_SIGNALS:
    /// The server took it; the user as it is now, where it says so.
    void saved(const warder::UserView &user);

private:
    void start();
    void showError(const Error &error);
    void finish(const UserView &user = {});

    PageContext m_context;
    std::function<void()> m_send;
    QList<std::pair<QString, FormField *>> m_fields;
    InlineMessage *m_notice;
    QVBoxLayout *m_form;
    QDialogButtonBox *m_buttons;
};

/// A new account.
UserDialog *createUserDialog(const PageContext &context, QWidget *parent);

/// Name, address and roles of an account; sessions stay. Sends what was changed only.
UserDialog *editUserDialog(const PageContext &context, const UserView &user, QWidget *parent);

/// A new password for an account; ends its sessions, as every change of a password does.
UserDialog *setPasswordDialog(const PageContext &context, const UserView &user, QWidget *parent);

} // namespace warder
