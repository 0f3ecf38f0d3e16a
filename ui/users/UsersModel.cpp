#include "ui/users/UsersModel.h"

#include "ui/support/Times.h"

using namespace Qt::StringLiterals;

namespace warder {

namespace {

QString signedIn(const UserView &user, TimePoint now)
{
    //: When a user last signed in: never.
    return user.lastSignInAt ? Times::ago(*user.lastSignInAt, now) : UsersModel::tr("never");
}

/// As the core counts them (OverviewCounts::bareAdmins).
bool isBareAdmin(const UserView &user)
{
    return user.roles.contains("admin"_L1) && !user.disabled && !user.passwordScheme.isEmpty() && !user.secondFactor;
}

QString state(const UserView &user, TimePoint)
{
    if (user.disabled)
        //: State of a user: nobody can log in with the account.
        return UsersModel::tr("Disabled");
    if (user.invitedAt)
        //: State of a user: they were sent a mail to set their first password, and have not done so.
        return UsersModel::tr("Invited");
    //: State of a user: an admin, who should have a second factor.
    return isBareAdmin(user) ? UsersModel::tr("Password only") : /*: Of a user. */ UsersModel::tr("Active");
}

Column<UserView> stateColumn()
{
    using Row = const UserView &;
    //: Column title: whether an account is active.
    return {.title = UsersModel::tr("State"),
            .characters = 13,
            .text = state,
            .number = [](Row row) { return row.disabled       ? 3
                                           : row.invitedAt    ? 2
                                           : isBareAdmin(row) ? 0
                                                              : 1; },
            .tip =
                [](Row row) {
                    //: Tool tip of the state of a user.
                    return isBareAdmin(row) ? UsersModel::tr("An admin without a second factor") : QString();
                },
            .tone =
                [](Row row) {
                    return row.disabled ? Tone::Bad : row.invitedAt ? Tone::Info : isBareAdmin(row) ? Tone::Warning : Tone::Good;
                }};
}

QList<Column<UserView>> columns()
{
    using Row = const UserView &;
    return {
        //: Column title.
        {.title = UsersModel::tr("E-mail"), .characters = 29, .text = [](Row row, TimePoint) { return row.email; }},
        //: Column title: the name of a user.
        {.title = UsersModel::tr("Name"), .characters = 20, .text = [](Row row, TimePoint) { return row.name; }},
        //: Column title: the roles of a user.
        {.title = UsersModel::tr("Roles"), .characters = 15, .text = [](Row row, TimePoint) { return row.roles.join(u", "_s); }},
        stateColumn(),
        //: Column title: when a user last signed in.
        {.title = UsersModel::tr("Last sign-in"), .characters = 15, .text = signedIn, .time = &UserView::lastSignInAt},
        //: Column title: when an account was created.
        {.title = UsersModel::tr("Created"), .characters = 14, .time = &UserView::createdAt},
        //: Column title: how the password of a user is stored (argon2id, bcrypt).
        {.title = UsersModel::tr("Password"), .characters = 11, .text = [](Row row, TimePoint) { return row.passwordScheme; }},
    };
}

} // namespace

UsersModel::UsersModel(const PageContext &context, QObject *page) : PagedModel(context, columns(), page) {}

void UsersModel::setFilter(const QString &text)
{
    m_matcher = TextMatcher(text);
    setQuestions({.text = text}, {.text = text});
}

bool UsersModel::isBefore(const UserView &a, const UserView &b) const { return a.email.toCaseFolded() < b.email.toCaseFolded(); }

bool UsersModel::isWanted(const UserView &user) const { return m_matcher.isIn(user.email) || m_matcher.isIn(user.name); }

bool UsersModel::isCounted(const Change &change) const
{
    return std::holds_alternative<UserView>(change) || std::holds_alternative<UserGone>(change);
}

void UsersModel::applyOther(const Change &change)
{
    if (const auto *gone = std::get_if<UserGone>(&change))
        removeById(gone->id);
    const auto *seen = std::get_if<UserSignedIn>(&change);
    if (const int row = seen ? rowOf(seen->id) : -1; row >= 0) {
        UserView user = rows()[row];
        user.lastSignInAt = seen->at;
        replaceAt(row, user);
    }
}

Csv::Fields csvFields(const UserView &user)
{
    return {{u"id"_s, user.id.toString()},
            {u"email"_s, user.email},
            {u"name"_s, user.name},
            {u"roles"_s, user.roles.join(u' ')},
            {u"disabled"_s, user.disabled ? u"true"_s : u"false"_s},
            {u"email_verified"_s, user.emailVerified ? u"true"_s : u"false"_s},
            {u"created_at"_s, Csv::time(user.createdAt)},
            {u"last_sign_in_at"_s, Csv::time(user.lastSignInAt)},
            {u"password_scheme"_s, user.passwordScheme},
            {u"second_factor"_s, user.secondFactor ? u"true"_s : u"false"_s},
            {u"invited_at"_s, Csv::time(user.invitedAt)}};
}

} // namespace warder
