#include "ui/users/UserDialogs.h"

#include "core/console/orders/Sessions.h"
#include "ui/support/Ask.h"
#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/users/GeneratedPassword.h"
#include "ui/users/UserTexts.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/Labels.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

FormField *addRoles(FormDialog &dialog)
{
    //: Field of a form.
    return dialog.addField(u"roles"_s, UserDialogs::tr("&Roles (optional)"),
                           /*: Below the field of roles. */ UserDialogs::tr("Separated by commas, for example: admin, editor"));
}

} // namespace

void UserDialogs::addGenerator(FormField &password, QCheckBox *mustChange)
{
    //: Button beside a new password: makes one up.
    auto *generate = new QPushButton(UserDialogs::tr("&Generate"), &password);
    //: Button beside a new password: copies it.
    auto *copy = new QPushButton(icon(u"copy"_s), UserDialogs::tr("C&opy"), &password);
    for (QPushButton *button : {generate, copy}) {
        button->setAutoDefault(false);
        password.addBeside(button);
    }
    QLineEdit *edit = &password.edit();
    copy->setEnabled(false);
    QObject::connect(edit, &QLineEdit::textChanged, copy, [copy](const QString &text) { copy->setEnabled(!text.isEmpty()); });
    QObject::connect(generate, &QPushButton::clicked, edit, [edit, mustChange, field = &password] {
        field->showSecret();
        edit->setText(generatedPassword());
        edit->setFocus();
        if (mustChange)
            mustChange->setChecked(true);
    });
    QObject::connect(copy, &QPushButton::clicked, edit, [edit] { copyPassword(edit->text()); });
}

QStringList UserDialogs::rolesIn(const QString &text)
{
    static const QRegularExpression comma(u"\\s*,\\s*"_s);
    return text.trimmed().split(comma, Qt::SkipEmptyParts);
}

FormDialog *UserDialogs::create(const PageContext &context, QWidget *parent, std::function<void(const UserView &)> onTaken)
{
    //: Title of a dialog.
    auto *dialog = new FormDialog(context, UserDialogs::tr("Create user"), /*: Button of a dialog. */ UserDialogs::tr("Create"), parent);
    //: Field of a form.
    FormField *email = dialog->addField(u"email"_s, UserDialogs::tr("&E-mail"));
    //: Field of a form.
    FormField *name = dialog->addField(u"name"_s, UserDialogs::tr("&Name (optional)"));
    //: Field of a form.
    FormField *password = dialog->addField(u"password"_s, UserDialogs::tr("&Password"),
                                           /*: Below a new password. */ UserDialogs::tr("A long sentence is better than a short riddle."));
    FormField *roles = addRoles(*dialog);
    password->makeSecret();
    email->setFocus();
    dialog->setOrder(
        [=] {
            return CreateUser {.user = {.email = email->text(),
                                        .name = name->text().trimmed(),
                                        .password = password->text(),
                                        .roles = rolesIn(roles->text()),
                                        .passwordHash = {}}};
        },
        std::move(onTaken));
    return dialog;
}

FormDialog *UserDialogs::invite(const PageContext &context, QWidget *parent, std::function<void(const UserView &)> onTaken)
{
    //: Title of a dialog.
    auto *dialog =
        new FormDialog(context, UserDialogs::tr("Invite somebody"), /*: Button of a dialog. */ UserDialogs::tr("Invite"), parent);
    //: Field of a form.
    FormField *email = dialog->addField(u"email"_s, UserDialogs::tr("&E-mail"));
    //: Field of a form.
    FormField *name = dialog->addField(u"name"_s, UserDialogs::tr("&Name (optional)"));
    FormField *roles = addRoles(*dialog);
    //: What follows when somebody is invited.
    dialog->addText(UserDialogs::tr("They get a mail whose link sets their first password. Until then nobody can sign in to the account."));
    email->setFocus();
    dialog->setOrder(
        [=] {
            return InviteUser {.user = {.email = email->text().trimmed(), .name = name->text().trimmed(), .roles = rolesIn(roles->text())}};
        },
        std::move(onTaken));
    return dialog;
}

FormDialog *UserDialogs::edit(const PageContext &context, const UserView &user, QWidget *parent,
                              std::function<void(const UserEdit &edit, const UserView &after)> onTaken)
{
    //: Title of a dialog that changes an account.
    auto *dialog = new FormDialog(context, UserDialogs::tr("Edit user"), /*: Button of a dialog. */ UserDialogs::tr("Save"), parent);
    //: Field of a form.
    FormField *email = dialog->addField(u"email"_s, UserDialogs::tr("&E-mail"));
    //: Field of a form.
    FormField *name = dialog->addField(u"name"_s, UserDialogs::tr("&Name (optional)"));
    FormField *roles = addRoles(*dialog);
    email->edit().setText(user.email);
    name->edit().setText(user.name);
    roles->edit().setText(user.roles.join(u", "_s));
    //: What follows when an account is changed.
    dialog->addText(UserDialogs::tr("New roles count at once where your app asks the server, and in its tokens at their next refresh."));
    roles->setFocus();
    const auto wanted = [=] {
        const auto changed = [](const auto &now, const auto &before) { return now == before ? std::nullopt : std::optional(now); };
        return EditUser {.user = user.id,
                         .edit = {.email = changed(email->text().trimmed(), user.email),
                                  .name = changed(name->text().trimmed(), user.name),
                                  .roles = changed(rolesIn(roles->text()), user.roles)}};
    };
    dialog->setOrder(wanted, [wanted, taken = std::move(onTaken)](const UserView &after) { taken(wanted().edit, after); });
    return dialog;
}

FormDialog *UserDialogs::setPassword(const PageContext &context, const UserView &user, QWidget *parent, std::function<void()> onTaken)
{
    //: Title of a dialog, and its button.
    auto *dialog = new FormDialog(context, UserDialogs::tr("Set password"), UserDialogs::tr("Set password"), parent);
    //: Field of a form; %1 is an e-mail address.
    const QString label = UserDialogs::tr("New &password for %1").arg(UiTexts::inLabel(UiTexts::foreign(user.email)));
    FormField *password = dialog->addField(u"password"_s, label);
    password->makeSecret();
    //: Check box beside a new password that an admin sets for somebody else.
    auto *mustChange = new QCheckBox(UserDialogs::tr("Must be &changed at the next sign-in"), dialog);
    mustChange->setObjectName(u"mustChange"_s);
    addGenerator(*password, mustChange);
    dialog->addWidget(mustChange);
    //: What follows when a new password is set, until it is known how many sessions there are.
    QLabel *effect = quietLabel(UserDialogs::tr("The user's sessions end: they log in again with the new password."), dialog);
    effect->setObjectName(u"effect"_s);
    dialog->addWidget(effect);
    const auto sayHowMany = [effect](const SessionCounts &counts) {
        //: What follows when a new password is set, after what it does to sessions.
        effect->setText(UserTexts::sessionsEnd(counts.live) + u' ' + UserDialogs::tr("The user logs in again with the new password."));
    };
    ask(context.console.ask(CountSessions {.filter = {.text = {}, .user = user.id}}), dialog, sayHowMany, [](const Error &) {});
    password->setFocus();
    dialog->setOrder(
        [password, mustChange, id = user.id] {
            return SetUserPassword {.user = id, .password = password->text(), .mustChange = mustChange->isChecked()};
        },
        std::move(onTaken));
    return dialog;
}

} // namespace warder
