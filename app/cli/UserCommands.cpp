#include "app/cli/Commands.h"

#include "app/cli/PasswordPrompt.h"
#include "core/console/Json.h"
#include "core/console/orders/Factors.h"
#include "core/console/orders/Providers.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

Result<UserView> find(const CommandContext &context) { return context.ask(FindUser {.user = context.arguments.first()}); }

QString stateOf(const UserView &user)
{
    return user.deletedAt ? u"deleted"_s : user.disabled ? u"disabled"_s : user.invitedAt ? u"invited"_s : u"enabled"_s;
}

QString stateAndTime(const UserView &user)
{
    if (user.goesAt)
        return u"deleted, goes %1"_s.arg(toText(*user.goesAt));
    return user.invitedAt ? u"%1, %2"_s.arg(stateOf(user), toText(*user.invitedAt)) : stateOf(user);
}

QList<QStringList> factsOf(const UserView &user)
{
    return {{u"id"_s, user.id.toString()},
            {u"email"_s, user.email},
            {u"name"_s, user.name},
            {u"roles"_s, user.roles.join(u", "_s)},
            {u"state"_s, stateAndTime(user)},
            {u"email verified"_s, user.emailVerified ? u"yes"_s : u"no"_s},
            {u"created"_s, toText(user.createdAt)},
            {u"last sign-in"_s, user.lastSignInAt ? toText(*user.lastSignInAt) : u"never"_s},
            {u"password"_s, user.mustChangePassword ? user.passwordScheme + u", must be changed"_s : user.passwordScheme}};
}

/// What was used when; "never" says most of one that was set up and forgotten.
QString listed(const QList<FactorView> &factors)
{
    QStringList texts;
    for (const FactorView &one : factors)
        texts += u"%1 (since %2, last used %3)"_s.arg(one.name.isEmpty() ? u"unnamed"_s : one.name, toText(one.createdAt),
                                                      one.lastUsedAt ? toText(*one.lastUsedAt) : u"never"_s);
    return texts.isEmpty() ? u"none"_s : texts.join(u", "_s);
}

QList<QStringList> factsOf(const FactorsView &factors)
{
    const QString demand = factors.required ? u"required"_s : u"not required"_s;
    return {{u"second factor"_s, (factors.enabled ? u"on, "_s : u"off, "_s) + demand},
            {u"authenticator apps"_s, listed(factors.totp)},
            {u"passkeys"_s, listed(factors.passkeys)},
            {u"recovery codes"_s, QString::number(factors.recoveryCodesLeft)},
            {u"trusted browsers"_s, QString::number(factors.trustedDevices)}};
}

QString listed(const QList<IdentityView> &identities)
{
    QStringList texts;
    for (const IdentityView &one : identities)
        texts += u"%1%2 (%3, since %4, last used %5)"_s.arg(one.provider, one.usable ? QString() : u", turned off"_s,
                                                            one.email.isEmpty() ? u"no address"_s : one.email, toText(one.createdAt),
                                                            toText(one.lastUsedAt));
    return texts.isEmpty() ? u"none"_s : texts.join(u", "_s);
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

int userInvite(const CommandContext &context)
{
    const QString email = context.arguments.first();
    const auto known = context.ask(FindUser {.user = email});
    if (!known && known.error().code != ErrorCode::NotFound)
        return fail(known.error());
    const Invitee invitee {.email = email, .name = context.parser.value(u"name"_s), .roles = context.parser.values(u"role"_s)};
    const auto invited = known ? context.ask(ResendInvitation {.user = known->id}) : context.ask(InviteUser {.user = invitee});
    return context.show(invited, print);
}

int userEdit(const CommandContext &context)
{
    const QCommandLineParser &given = context.parser;
    UserEdit edit {.email = context.given(u"email"_s),
                   .name = context.given(u"name"_s),
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
        return {user.email, user.name, stateOf(user), user.lastSignInAt ? toText(*user.lastSignInAt) : u"never"_s, user.id.toString()};
    };
    const ListUsers order {.text = context.arguments.value(0), .deleted = context.parser.isSet(u"deleted"_s)};
    return context.showAll(order, {u"EMAIL"_s, u"NAME"_s, u"STATE"_s, u"LAST SIGN-IN"_s, u"ID"_s}, rowOf, u"No users."_s);
}

int userShow(const CommandContext &context)
{
    const auto user = find(context);
    if (!user)
        return fail(user.error());
    const auto sessions = context.askAll(ListSessions {.filter = {.text = {}, .user = user->id, .ended = false}});
    if (!sessions)
        return fail(sessions.error());
    const auto factors = context.ask(FindFactors {.user = user->id});
    if (!factors)
        return fail(factors.error());
    const auto identities = context.ask(FindIdentities {.user = user->id});
    if (!identities)
        return fail(identities.error());
    if (context.json) {
        QJsonObject object = toJson(*user).toObject();
        object.insert("factors"_L1, toJson(*factors));
        object.insert("identities"_L1, toJson(*identities));
        object.insert("sessions"_L1, toJson(*sessions));
        printJson(object);
        return Done;
    }
    printFacts(factsOf(*user) + factsOf(*factors)
               + QList<QStringList> {{u"providers"_s, listed(*identities)}, {u"live sessions"_s, QString::number(sessions->size())}});
    return Done;
}

int userDisable(const CommandContext &context) { return setDisabled(context, true); }
int userEnable(const CommandContext &context) { return setDisabled(context, false); }

int userDelete(const CommandContext &context)
{
    const auto user = find(context);
    if (!user)
        return fail(user.error());
    const bool isNow = context.parser.isSet(u"now"_s);
    const QString question = isNow ? u"Delete %1 for good and end all of its sessions? This cannot be undone."_s
                                   : u"Delete %1 and end all of its sessions? `user restore` can take that back for a while."_s;
    if (!context.isConfirmed(question.arg(user->email)))
        return Refused;
    if (isNow)
        return report(context, context.ask(RemoveUser {.user = user->id}), *user, u"%1 is deleted for good."_s);
    return context.show(context.ask(DeleteUser {.user = user->id}), [](const UserView &deleted) {
        printLine(u"%1 is deleted, and goes for good at %2."_s.arg(deleted.email, toText(deleted.goesAt.value_or(TimePoint()))));
    });
}

int userRestore(const CommandContext &context)
{
    const auto restored = find(context).and_then([&](const UserView &user) { return context.ask(RestoreUser {.user = user.id}); });
    return context.show(restored, [](const UserView &user) { printLine(u"%1 is restored."_s.arg(user.email)); });
}

int userResetMfa(const CommandContext &context)
{
    const auto user = find(context);
    if (!user)
        return fail(user.error());
    const QString question = u"Take away the authenticator apps, recovery codes, trusted browsers and passkeys (unless nothing else signs "
                             "in) of %1, and end all of its sessions? The password, or a provider, alone signs in then."_s;
    if (!context.isConfirmed(question.arg(user->email)))
        return Refused;
    return context.show(context.ask(ResetFactors {.user = user->id}), [&user](const FactorsResetView &gone) {
        if (gone.isNothing())
            return printLine(u"%1 has no second factor."_s.arg(user->email));
        printLine(u"Gone from %1: %2 authenticator app(s), %3 passkey(s), %4 recovery code(s), %5 trusted browser(s). All of its sessions "
                  "have ended."_s.arg(user->email, QString::number(gone.totp), QString::number(gone.passkeys),
                                      QString::number(gone.recoveryCodes), QString::number(gone.trustedDevices)));
    });
}

int userSetPassword(const CommandContext &context)
{
    const auto user = find(context);
    if (!user)
        return fail(user.error());
    const SetUserPassword order {.user = user->id, .password = context.secret, .mustChange = context.parser.isSet(u"must-change"_s)};
    return report(context, context.ask(order), *user, u"The password of %1 is set; all of its sessions have ended."_s);
}

} // namespace warder
