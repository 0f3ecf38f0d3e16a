#include "ui/users/UserDialog.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/InlineMessage.h"
#include "ui/widgets/Labels.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QStringList rolesIn(const QString &text)
{
    static const QRegularExpression comma(u"\\s*,\\s*"_s);
    return text.trimmed().split(comma, Qt::SkipEmptyParts);
}

FormField *addRoles(UserDialog &dialog)
{
    //: Field of a form.
    return dialog.addField(u"roles"_s, UserDialog::tr("&Roles (optional)"),
                           /*: Below the field of roles. */ UserDialog::tr("Separated by commas, for example: admin, editor"));
}

} // namespace

UserDialog::UserDialog(const PageContext &context, const QString &title, const QString &action, QWidget *parent)
    : QDialog(parent), m_context(context), m_notice(new InlineMessage(this)), m_form(new QVBoxLayout), m_buttons(new QDialogButtonBox(this))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(420);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(20, 18, 20, 16);
    all->setSpacing(14);
    all->addWidget(titleLabel(title, this));
    all->addWidget(m_notice);
    m_form->setSpacing(12);
    all->addLayout(m_form);
    all->addStretch();
    m_buttons->addButton(action, QDialogButtonBox::AcceptRole)->setDefault(true);
    m_buttons->addButton(QDialogButtonBox::Cancel);
    all->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &UserDialog::start);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &UserDialog::reject);
}

FormField *UserDialog::addField(const QString &key, const QString &name, const QString &remark)
{
    auto *field = new FormField(name, remark, this);
    field->edit().setObjectName(key);
    m_form->addWidget(field);
    m_fields.append({key, field});
    return field;
}

void UserDialog::addText(const QString &text) { m_form->addWidget(quietLabel(text, this)); }

void UserDialog::start()
{
    m_notice->hide();
    m_buttons->setEnabled(false);
    m_send();
}

void UserDialog::showError(const Error &error)
{
    m_buttons->setEnabled(true);
    FormField *first = nullptr;
    for (const auto &[key, field] : std::as_const(m_fields)) {
        field->setFault(UiTexts::faultsOf(error, key));
        if (!first && field->hasFault())
            first = field;
    }
    if (first)
        first->setFocus();
    else
        m_notice->showMessage(UiTexts::of(error));
}

void UserDialog::finish(const UserView &user)
{
    Q_EMIT saved(user);
    accept();
}

UserDialog *createUserDialog(const PageContext &context, QWidget *parent)
{
    //: Title of a dialog.
    auto *dialog = new UserDialog(context, UserDialog::tr("Create user"), /*: Button of a dialog. */ UserDialog::tr("Create"), parent);
    //: Field of a form.
    FormField *email = dialog->addField(u"email"_s, UserDialog::tr("&E-mail"));
    //: Field of a form.
    FormField *name = dialog->addField(u"name"_s, UserDialog::tr("&Name (optional)"));
    //: Field of a form.
    FormField *password = dialog->addField(u"password"_s, UserDialog::tr("&Password"),
                                           /*: Below a new password. */ UserDialog::tr("A long sentence is better than a short riddle."));
    FormField *roles = addRoles(*dialog);
    password->makeSecret();
    email->setFocus();
    dialog->setOrder([=] {
        return CreateUser {.user = {.email = email->text(),
                                    .name = name->text().trimmed(),
                                    .password = password->text(),
                                    .roles = rolesIn(roles->text()),
                                    .passwordHash = {}}};
    });
    return dialog;
}

UserDialog *editUserDialog(const PageContext &context, const UserView &user, QWidget *parent)
{
    //: Title of a dialog that changes an account.
    auto *dialog = new UserDialog(context, UserDialog::tr("Edit user"), /*: Button of a dialog. */ UserDialog::tr("Save"), parent);
    //: Field of a form.
    FormField *email = dialog->addField(u"email"_s, UserDialog::tr("&E-mail"));
    //: Field of a form.
    FormField *name = dialog->addField(u"name"_s, UserDialog::tr("&Name (optional)"));
    FormField *roles = addRoles(*dialog);
    email->edit().setText(user.email);
    name->edit().setText(user.name);
    roles->edit().setText(user.roles.join(u", "_s));
    //: What follows when an account is changed.
    dialog->addText(UserDialog::tr("New roles count at once where your app asks the server, and in its tokens at their next refresh."));
    roles->setFocus();
    dialog->setOrder([=] {
        const auto changed = [](const auto &now, const auto &before) { return now == before ? std::nullopt : std::optional(now); };
        return EditUser {.user = user.id,
                         .edit = {.email = changed(email->text().trimmed(), user.email),
                                  .name = changed(name->text().trimmed(), user.name),
                                  .roles = changed(rolesIn(roles->text()), user.roles)}};
    });
    return dialog;
}

UserDialog *setPasswordDialog(const PageContext &context, const UserView &user, QWidget *parent)
{
    //: Title of a dialog, and its button.
    auto *dialog = new UserDialog(context, UserDialog::tr("Set password"), UserDialog::tr("Set password"), parent);
    //: Field of a form; %1 is an e-mail address.
    const QString label = UserDialog::tr("New &password for %1").arg(UiTexts::inLabel(UiTexts::foreign(user.email)));
    FormField *password = dialog->addField(u"password"_s, label);
    password->makeSecret();
    //: What follows when a new password is set.
    dialog->addText(UserDialog::tr("The user's sessions end: they log in again with the new password."));
    password->setFocus();
    dialog->setOrder([password, id = user.id] { return SetUserPassword {.user = id, .password = password->text()}; });
    return dialog;
}

} // namespace warder
