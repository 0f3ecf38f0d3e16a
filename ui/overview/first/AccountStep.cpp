#include "ui/overview/first/AccountStep.h"

#include "ui/support/Ask.h"
#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/users/UserDialogs.h"
#include "ui/users/import/UserImportDialog.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/Labels.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

AccountStep::AccountStep(const PageContext &context, QWidget *parent)
    //: Title of one of the first steps.
    : SetupStep(tr("First account"),
                //: What the account of the first step is for.
                tr("Somebody to sign in with. Whoever registers in your app gets one by themselves."), parent),
      m_context(context),
      //: Field of a form.
      m_email(new FormField(tr("E-&mail"), {}, this)),
      //: Field of a form.
      m_password(new FormField(tr("Pass&word"), /*: Below a new password. */ tr("A long sentence is better than a short riddle."), this)),
      //: Check box beside the first account; “admin” is a role and stays as it is.
      m_admin(new QCheckBox(tr("An administrator of your app (role admin)"), this)), m_effect(textLabel({}, this))
{
    m_email->edit().setObjectName(u"email"_s);
    m_password->edit().setObjectName(u"password"_s);
    m_password->makeSecret();
    UserDialogs::addGenerator(*m_password);
    m_admin->setChecked(true);
    //: Button: brings the accounts of a former backend, from a file.
    auto *import = new QPushButton(icon(u"import"_s), tr("&Import users…"), this);
    for (QWidget *each : {static_cast<QWidget *>(m_email), static_cast<QWidget *>(m_password), static_cast<QWidget *>(m_admin),
                          static_cast<QWidget *>(m_effect)})
        body()->addWidget(each);
    //: Above a button that imports accounts from a file.
    body()->addWidget(quietLabel(tr("Or bring those of the backend that you have: they keep their passwords."), this));
    body()->addWidget(import, 0, Qt::AlignLeft);
    connect(&m_email->edit(), &QLineEdit::textChanged, this, &AccountStep::showEffect);
    connect(m_admin, &QCheckBox::toggled, this, &AccountStep::showEffect);
    connect(import, &QPushButton::clicked, this, &AccountStep::importUsers);
    showEffect();
}

void AccountStep::presentUsers(qint64 users)
{
    if (m_users == users)
        return; // told each second
    m_users = users;
    Q_EMIT changed();
}

QString AccountStep::action() const
{
    //: Button of the first steps: creates the account.
    return m_email->text().trimmed().isEmpty() ? QString() : tr("&Create account");
}

QWidget *AccountStep::firstControl() { return m_email; }

CreateUser AccountStep::order() const
{
    return {.user = {.email = m_email->text().trimmed(),
                     .name = {},
                     .password = m_password->text(),
                     .roles = m_admin->isChecked() ? QStringList {u"admin"_s} : QStringList(),
                     .passwordHash = {}}};
}

QString AccountStep::effectOf(const CreateUser &order)
{
    const QString email = UiTexts::foreign(order.user.email);
    if (email.isEmpty())
        return {};
    if (order.user.roles.isEmpty())
        //: What follows from the first step; %1 is an e-mail address.
        return tr("%1 can sign in with this password, and has no role.").arg(email);
    //: What follows from the first step; %1 is an e-mail address, %2 the name of a role.
    return tr("%1 can sign in with this password, and has the role %2 in your app.").arg(email, order.user.roles.join(u", "_s));
}

void AccountStep::showEffect()
{
    m_effect->setText(effectOf(order()));
    m_effect->setVisible(!m_effect->text().isEmpty());
    Q_EMIT changed();
}

void AccountStep::send()
{
    const auto onCreated = [this](const UserView &user) {
        m_email->edit().clear();
        m_password->edit().clear();
        setSending(false);
        //: Said after an account was created; %1 is its e-mail address.
        Q_EMIT said(tr("%1 can sign in now.").arg(UiTexts::foreign(user.email)));
        Q_EMIT taken();
    };
    const auto onRefused = [this](const Error &error) {
        setSending(false);
        m_email->setFault(UiTexts::faultsOf(error, u"email"_s));
        m_password->setFault(UiTexts::faultsOf(error, u"password"_s));
        const bool isSaid = m_email->hasFault() || m_password->hasFault();
        if (isSaid)
            (m_email->hasFault() ? m_email : m_password)->setFocus();
        Q_EMIT refused(isSaid ? QString() : UiTexts::of(error));
    };
    setSending(true);
    ask(m_context.console.ask(order()), this, onCreated, onRefused);
}

void AccountStep::importUsers()
{
    UserImportDialog::start(m_context, this, [this](const QString &told) { Q_EMIT said(told); });
}

} // namespace warder
