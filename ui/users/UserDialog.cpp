#include "ui/users/UserDialog.h"

#include "ui/support/Ask.h"
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
    m_notice->clear();
    m_buttons->setEnabled(false);
    send();
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
        m_notice->say(Tone::Bad, UiTexts::of(error));
}

CreateUserDialog::CreateUserDialog(const PageContext &context, QWidget *parent)
    //: Title of a dialog, and its button.
    : UserDialog(context, tr("Create user"), tr("Create"), parent),
      //: Field of a form.
      m_email(addField(u"email"_s, tr("&E-mail"))),
      //: Field of a form.
      m_name(addField(u"name"_s, tr("&Name (optional)"))),
      //: Field of a form, and a remark about it.
      m_password(addField(u"password"_s, tr("&Password"), tr("A long sentence is better than a short riddle."))),
      //: Field of a form, and a remark about it.
      m_roles(addField(u"roles"_s, tr("&Roles (optional)"), tr("Separated by commas, for example: admin, editor")))
{
    m_password->makeSecret();
    m_email->setFocus();
}

void CreateUserDialog::send()
{
    const NewUser user {.email = m_email->text(),
                        .name = m_name->text().trimmed(),
                        .password = m_password->text(),
                        .roles = rolesIn(m_roles->text()),
                        .passwordHash = {}};
    ask(
        context().console.ask(CreateUser {.user = user}), this,
        [this](const UserView &view) {
            Q_EMIT created(view);
            accept();
        },
        [this](const Error &error) { showError(error); });
}

EditUserDialog::EditUserDialog(const PageContext &context, const UserView &user, QWidget *parent)
    //: Title of a dialog that changes an account, and its button.
    : UserDialog(context, tr("Edit user"), tr("Save"), parent), m_user(user),
      //: Field of a form.
      m_email(addField(u"email"_s, tr("&E-mail"))),
      //: Field of a form.
      m_name(addField(u"name"_s, tr("&Name (optional)"))),
      //: Field of a form, and a remark about it.
      m_roles(addField(u"roles"_s, tr("&Roles (optional)"), tr("Separated by commas, for example: admin, editor")))
{
    m_email->edit().setText(user.email);
    m_name->edit().setText(user.name);
    m_roles->edit().setText(user.roles.join(u", "_s));
    //: What follows when an account is changed.
    addText(tr("New roles count at once where your app asks the server, and in its tokens at their next refresh."));
    m_roles->setFocus();
}

void EditUserDialog::send()
{
    const auto changed = [](const auto &now, const auto &before) { return now == before ? std::nullopt : std::optional(now); };
    const UserEdit edit {.email = changed(m_email->text().trimmed(), m_user.email),
                         .name = changed(m_name->text().trimmed(), m_user.name),
                         .roles = changed(rolesIn(m_roles->text()), m_user.roles)};
    ask(
        context().console.ask(EditUser {.user = m_user.id, .edit = edit}), this,
        [this](const UserView &view) {
            Q_EMIT edited(view);
            accept();
        },
        [this](const Error &error) { showError(error); });
}

SetPasswordDialog::SetPasswordDialog(const PageContext &context, const UserView &user, QWidget *parent)
    //: Title of a dialog, and its button.
    : UserDialog(context, tr("Set password"), tr("Set password"), parent), m_user(user.id),
      //: Field of a form; %1 is an e-mail address.
      m_password(addField(u"password"_s, tr("New &password for %1").arg(UiTexts::inLabel(UiTexts::foreign(user.email)))))
{
    m_password->makeSecret();
    //: What follows when a new password is set.
    addText(tr("The user's sessions end: they log in again with the new password."));
    m_password->setFocus();
}

void SetPasswordDialog::send()
{
    ask(
        context().console.ask(SetUserPassword {.user = m_user, .password = m_password->text()}), this,
        [this] {
            Q_EMIT passwordSet();
            accept();
        },
        [this](const Error &error) { showError(error); });
}

} // namespace warder
