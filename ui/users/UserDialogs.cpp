#include "ui/users/UserDialogs.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/FormField.h"

#include <QLineEdit>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QStringList rolesIn(const QString &text)
{
    static const QRegularExpression comma(u"\\s*,\\s*"_s);
    return text.trimmed().split(comma, Qt::SkipEmptyParts);
}

FormField *addRoles(FormDialog &dialog)
{
    //: Field of a form.
    return dialog.addField(u"roles"_s, UserDialogs::tr("&Roles (optional)"),
                           /*: Below the field of roles. */ UserDialogs::tr("Separated by commas, for example: admin, editor"));
}

} // namespace

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
                              std::function<void(const UserView &)> onTaken)
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
    dialog->setOrder(
        [=] {
            const auto changed = [](const auto &now, const auto &before) { return now == before ? std::nullopt : std::optional(now); };
            return EditUser {.user = user.id,
                             .edit = {.email = changed(email->text().trimmed(), user.email),
                                      .name = changed(name->text().trimmed(), user.name),
                                      .roles = changed(rolesIn(roles->text()), user.roles)}};
        },
        std::move(onTaken));
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
    //: What follows when a new password is set.
    dialog->addText(UserDialogs::tr("The user's sessions end: they log in again with the new password."));
    password->setFocus();
    dialog->setOrder([password, id = user.id] { return SetUserPassword {.user = id, .password = password->text()}; }, std::move(onTaken));
    return dialog;
}

} // namespace warder
