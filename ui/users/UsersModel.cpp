#include "ui/users/UsersModel.h"

#include "ui/support/Times.h"

#include <algorithm>
#include <utility>

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

/// What the column says, in the order in which it is sorted.
enum class AccountState { PasswordOnly, Active, Unverified, Invited, Disabled, Deleted };

AccountState accountStateOf(const UserView &user, bool mustVerify)
{
    if (user.goesAt)
        return AccountState::Deleted;
    if (user.disabled)
        return AccountState::Disabled;
    if (user.invitedAt)
        return AccountState::Invited;
    if (isBareAdmin(user))
        return AccountState::PasswordOnly;
    return mustVerify && !user.emailVerified ? AccountState::Unverified : AccountState::Active;
}

/// Silence for those who are as they should be.
QString accountStateWords(AccountState state, const UserView &user)
{
    switch (state) {
    case AccountState::PasswordOnly:
        //: State of a user: an admin, who should have a second factor.
        return UsersModel::tr("Password only");
    case AccountState::Active: return {};
    case AccountState::Unverified:
        //: State of a user: nobody has proved the e-mail address yet, and the settings let nobody sign in before.
        return UsersModel::tr("Unverified");
    case AccountState::Invited:
        //: State of a user: they were sent a mail to set their first password, and have not done so.
        return UsersModel::tr("Invited");
    case AccountState::Disabled:
        //: State of a user: nobody can log in with the account.
        return UsersModel::tr("Disabled");
    case AccountState::Deleted:
        //: State of a deleted user; %1 is the date of the day on which the account goes for good.
        return UsersModel::tr("Goes on %1").arg(Times::date(user.goesAt.value_or(user.createdAt)));
    }
    Q_UNREACHABLE_RETURN({});
}

Tone accountStateTone(AccountState state)
{
    switch (state) {
    case AccountState::PasswordOnly: return Tone::Warning;
    case AccountState::Active:       return Tone::Good;
    case AccountState::Unverified:
    case AccountState::Invited:      return Tone::Info;
    case AccountState::Disabled:
    case AccountState::Deleted:      return Tone::Bad;
    }
    Q_UNREACHABLE_RETURN(Tone::Neutral);
}

QString accountStateTip(AccountState state)
{
    if (state == AccountState::PasswordOnly)
        //: Tool tip of the state of a user.
        return UsersModel::tr("An admin without a second factor");
    if (state == AccountState::Unverified)
        //: Tool tip of the state of a user.
        return UsersModel::tr("Nobody can sign in to the account before its address is verified");
    return {};
}

/// Of a user whom somebody may edit.
std::optional<QString> unlessDeleted(const UserView &user, const QString &text)
{
    return user.deletedAt ? std::nullopt : std::optional(text);
}

Column<UserView> stateColumn(const std::shared_ptr<const bool> &mustVerify)
{
    using Row = const UserView &;
    const auto stateOf = [mustVerify](Row row) { return accountStateOf(row, *mustVerify); };
    //: Column title: whether an account is active.
    return {.title = UsersModel::tr("State"),
            .characters = 13,
            .text = [stateOf](Row row, TimePoint) { return accountStateWords(stateOf(row), row); },
            .number = [stateOf](Row row) { return std::optional(qint64(stateOf(row))); },
            .tip = [stateOf](Row row) { return accountStateTip(stateOf(row)); },
            .tone = [stateOf](Row row) { return accountStateTone(stateOf(row)); }};
}

QList<Column<UserView>> columns(const std::shared_ptr<const bool> &mustVerify)
{
    using Row = const UserView &;
    return {
        //: Column title.
        {.title = UsersModel::tr("E-mail"),
         .characters = 29,
         .text = [](Row row, TimePoint) { return row.email; },
         .typed = [](Row row) { return unlessDeleted(row, row.email); }},
        //: Column title: the name of a user.
        {.title = UsersModel::tr("Name"),
         .characters = 20,
         .text = [](Row row, TimePoint) { return row.name; },
         .typed = [](Row row) { return unlessDeleted(row, row.name); }},
        //: Column title: the roles of a user.
        {.title = UsersModel::tr("Roles"),
         .characters = 15,
         .text = [](Row row, TimePoint) { return row.roles.join(u", "_s); },
         .typed = [](Row row) { return unlessDeleted(row, row.roles.join(u", "_s)); }},
        stateColumn(mustVerify),
        //: Column title: when a user last signed in.
        {.title = UsersModel::tr("Last sign-in"), .characters = 15, .text = signedIn, .time = &UserView::lastSignInAt},
        //: Column title: when an account was created.
        {.title = UsersModel::tr("Created"), .characters = 14, .time = &UserView::createdAt},
        //: Column title: how the password of a user is stored (argon2id, bcrypt).
        {.title = UsersModel::tr("Password"), .characters = 11, .text = [](Row row, TimePoint) { return row.passwordScheme; }},
    };
}

} // namespace

UsersModel::UsersModel(const PageContext &context, QObject *page) : UsersModel(context, std::make_shared<bool>(false), page) {}

UsersModel::UsersModel(const PageContext &context, const std::shared_ptr<bool> &mustVerify, QObject *page)
    : PagedModel(context, columns(mustVerify), page), m_mustVerify(mustVerify)
{
    connect(this, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
        if (!m_hasMixedSchemes && hasOtherScheme(first, last))
            countSchemesSoon();
    });
    connect(this, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (m_hasMixedSchemes)
            countSchemesSoon();
    });
    connect(this, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &to, const QList<int> &roles) {
        if (roles.isEmpty() && (m_hasMixedSchemes || hasOtherScheme(from.row(), to.row()))) // else ages alone
            countSchemesSoon();
    });
}

void UsersModel::setMustVerify(bool mustVerify)
{
    if (std::exchange(*m_mustVerify, mustVerify) != mustVerify && rowCount() > 0)
        Q_EMIT dataChanged(index(0, stateColumn), index(rowCount() - 1, stateColumn), {Qt::DisplayRole, SortRole, ToneRole});
}

bool UsersModel::hasOtherScheme(int first, int last) const
{
    const auto isOther = [this](const UserView &user) { return !user.passwordScheme.isEmpty() && user.passwordScheme != m_scheme; };
    return std::any_of(rows().begin() + first, rows().begin() + last + 1, isOther);
}

/// Later: whoever hears of the header measures rows, and these are still coming. Many rows that come or go cost one look.
void UsersModel::countSchemesSoon()
{
    if (!std::exchange(m_countsSchemes, true))
        QMetaObject::invokeMethod(this, &UsersModel::countSchemes, Qt::QueuedConnection);
}

void UsersModel::countSchemes()
{
    m_countsSchemes = false;
    const auto hasScheme = [](const UserView &user) { return !user.passwordScheme.isEmpty(); };
    const auto first = std::ranges::find_if(rows(), hasScheme);
    m_scheme = first == rows().end() ? QString() : first->passwordScheme;
    const bool isMixed = hasOtherScheme(0, rowCount() - 1);
    if (std::exchange(m_hasMixedSchemes, isMixed) != isMixed)
        Q_EMIT headerDataChanged(Qt::Horizontal, passwordColumn, passwordColumn);
}

/// A mark says that there is something to say.
QVariant UsersModel::data(const QModelIndex &index, int role) const
{
    const bool isMark = role == ToneRole && index.column() == stateColumn;
    if (isMark && PagedModel::data(index, Qt::DisplayRole).toString().isEmpty())
        return {};
    return PagedModel::data(index, role);
}

QVariant UsersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == CharactersRole && orientation == Qt::Horizontal && section == passwordColumn && !m_hasMixedSchemes)
        return 0;
    return PagedModel::headerData(section, orientation, role);
}

void UsersModel::setFilter(const UserFilter &filter)
{
    m_matcher = UserMatcher(filter);
    setQuestions({.text = filter.text, .deleted = filter.deleted}, {.text = filter.text, .deleted = filter.deleted});
}

bool UsersModel::isBefore(const UserView &a, const UserView &b) const { return a.email.toCaseFolded() < b.email.toCaseFolded(); }

bool UsersModel::isWanted(const UserView &user) const { return m_matcher.matches(user); }

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
            {u"invited_at"_s, Csv::time(user.invitedAt)},
            {u"must_change_password"_s, user.mustChangePassword ? u"true"_s : u"false"_s},
            {u"deleted_at"_s, Csv::time(user.deletedAt)},
            {u"goes_at"_s, Csv::time(user.goesAt)}};
}

} // namespace warder
