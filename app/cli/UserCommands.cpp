#include "app/cli/Commands.h"

#include "app/cli/PasswordPrompt.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

Result<UserView> find(const CommandContext &context) { return context.ask(FindUser {.user = context.arguments.first()}); }

QList<QStringList> factsOf(const UserView &user)
{
    return {{u"id"_s, user.id.toString()},
            {u"email"_s, user.email},
            {u"name"_s, user.name},
            {u"roles"_s, user.roles.join(u", "_s)},
            {u"state"_s, user.disabled ? u"disabled"_s : u"enabled"_s},
            {u"created"_s, toText(user.createdAt)},
            {u"last sign-in"_s, user.lastSignInAt ? toText(*user.lastSignInAt) : u"never"_s},
            {u"password"_s, user.passwordScheme}};
}

void print(const UserView &user) { printFacts(factsOf(user)); }

/// What was done to whom: a sentence for people, the account for scripts.
int report(const CommandContext &context, const Result<void> &done, const UserView &user, const QString &sentence)
{
    return context.show(done.transform([&user] { return user; }), [&](const UserView &) { printLine(sentence.arg(user.email)); });
}

int setDisabled(const CommandContext &context, bool disabled)
{
    const auto changed =
        find(context).and_then([&](const UserView &user) { return context.ask(SetUserDisabled {.user = user.id, .disabled = disabled}); });
    return context.show(changed, print);
}

} // namespace

Result<QString> askForNewUser(const QCommandLineParser &parser)
{
    return askPassword(parser.isSet(u"password-stdin"_s) || parser.isSet(u"password-hash-stdin"_s));
}

Result<QString> askForNewPassword(const QCommandLineParser &parser) { return askPassword(parser.isSet(u"password-stdin"_s)); }

int userAdd(const CommandContext &context)
{
    NewUser user {.email = context.arguments.first(),
                  .name = context.parser.value(u"name"_s),
                  .password = {},
                  .roles = context.parser.values(u"role"_s),
                  .passwordHash = {}};
    const bool hashed = context.parser.isSet(u"password-hash-stdin"_s);
    (hashed ? user.passwordHash : user.password) = hashed ? context.secret.trimmed() : context.secret;
    return context.show(context.ask(CreateUser {.user = user}), print);
}

int userEdit(const CommandContext &context)
{
    const QCommandLineParser &given = context.parser;
    const auto one = [&given](const QString &option) { return given.isSet(option) ? std::optional(given.value(option)) : std::nullopt; };
    UserEdit edit {.email = one(u"email"_s),
                   .name = one(u"name"_s),
                   .roles = {},
                   .addRoles = given.values(u"add-role"_s),
                   .removeRoles = given.values(u"remove-role"_s)};
    if (given.isSet(u"role"_s))
        edit.roles = given.values(u"role"_s).filter(QRegularExpression(u"."_s)); // `--role ''` is none
    if (!edit.email && !edit.name && !edit.roles && edit.addRoles.isEmpty() && edit.removeRoles.isEmpty())
        return wrongUsage(u"say what to change: --name, --email, --role, --add-role or --remove-role"_s);
    const auto changed =
        find(context).and_then([&](const UserView &user) { return context.ask(EditUser {.user = user.id, .edit = edit}); });
    return context.show(changed, print);
}

int userList(const CommandContext &context)
{
    const auto rowOf = [](const UserView &user) -> QStringList {
        return {user.email, user.name, user.disabled ? u"disabled"_s : u"enabled"_s,
                user.lastSignInAt ? toText(*user.lastSignInAt) : u"never"_s, user.id.toString()};
    };
    return context.showAll(ListUsers {.text = context.arguments.value(0)}, {u"EMAIL"_s, u"NAME"_s, u"STATE"_s, u"LAST SIGN-IN"_s, u"ID"_s},
                           rowOf, u"No users."_s);
}

int userShow(const CommandContext &context)
{
    const auto user = find(context);
    if (!user)
        return fail(user.error());
    const auto sessions = context.askAll(ListSessions {.filter = {.text = {}, .user = user->id, .ended = false}});
    if (!sessions)
        return fail(sessions.error());
    if (context.json) {
        QJsonObject object = toJson(*user).toObject();
        object.insert("sessions"_L1, toJson(*sessions));
        printJson(object);
        return Done;
    }
    printFacts(factsOf(*user) + QList<QStringList> {{u"live sessions"_s, QString::number(sessions->size())}});
    return Done;
}

int userDisable(const CommandContext &context) { return setDisabled(context, true); }
int userEnable(const CommandContext &context) { return setDisabled(context, false); }

int userRemove(const CommandContext &context)
{
    const auto user = find(context);
    if (!user)
        return fail(user.error());
    if (!context.isConfirmed(u"Delete %1 and end all of its sessions? This cannot be undone."_s.arg(user->email)))
        return Refused;
    return report(context, context.ask(RemoveUser {.user = user->id}), *user, u"%1 is deleted."_s);
}

int userSetPassword(const CommandContext &context)
{
    const auto user = find(context);
    if (!user)
        return fail(user.error());
    return report(context, context.ask(SetUserPassword {.user = user->id, .password = context.secret}), *user,
                  u"The password of %1 is set; all of its sessions have ended."_s);
}

} // namespace warder
