#pragma once

#include "core/console/orders/Users.h"
#include "ui/PageContext.h"

#include <QDialog>

class QDialogButtonBox;
class QVBoxLayout;

namespace warder {

class FormField;
class InlineMessage;

/// A small form that sends an order and stays open until the server takes it: what is wrong shows at its field.
class UserDialog : public QDialog
{
    Q_OBJECT
public:
    UserDialog(const PageContext &context, const QString &title, const QString &action, QWidget *parent);

protected:
    FormField *addField(const QString &key, const QString &name, const QString &remark = {});
    void addText(const QString &text);
    const PageContext &context() const { return m_context; }

    /// Reads the fields and asks the console; ends in accept() or showError().
    virtual void send() = 0;
    void showError(const Error &error);

private:
    void start();

    PageContext m_context;
    QList<std::pair<QString, FormField *>> m_fields;
    InlineMessage *m_notice;
    QVBoxLayout *m_form;
    QDialogButtonBox *m_buttons;
};

/// A new account.
class CreateUserDialog final : public UserDialog
{
    Q_OBJECT
public:
    CreateUserDialog(const PageContext &context, QWidget *parent);

Q_SIGNALS:
    void created(const warder::UserView &user);

protected:
    void send() override;

private:
    FormField *m_email;
    FormField *m_name;
    FormField *m_password;
    FormField *m_roles;
};

/// Name, address and roles of an account; sessions stay. Sends what was changed only.
class EditUserDialog final : public UserDialog
{
    Q_OBJECT
public:
    EditUserDialog(const PageContext &context, const UserView &user, QWidget *parent);

Q_SIGNALS:
    void edited(const warder::UserView &user);

protected:
    void send() override;

private:
    UserView m_user;
    FormField *m_email;
    FormField *m_name;
    FormField *m_roles;
};

/// A new password for an account; ends its sessions, as every change of a password does.
class SetPasswordDialog final : public UserDialog
{
    Q_OBJECT
public:
    SetPasswordDialog(const PageContext &context, const UserView &user, QWidget *parent);

Q_SIGNALS:
    void passwordSet();

protected:
    void send() override;

private:
    Id m_user;
    FormField *m_password;
};

} // namespace warder
