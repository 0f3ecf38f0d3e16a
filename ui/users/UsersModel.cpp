#include "ui/users/UsersModel.h"

#include "ui/support/Times.h"

using namespace Qt::StringLiterals;

namespace warder {

namespace {

struct UserColumns
{
    Q_DECLARE_TR_FUNCTIONS(warder::UserColumns)
public:
    static QList<Column<UserView>> all();
};

QString signedIn(const UserView &user, TimePoint now)
{
    //: When a user last signed in: never.
    return user.lastSignInAt ? Times::ago(*user.lastSignInAt, now) : UserColumns::tr("never");
}

QList<Column<UserView>> UserColumns::all()
{
    using Row = const UserView &;
    return {
        //: Column title.
        {.title = tr("E-mail"), .text = [](Row row, TimePoint) { return row.email; }},
        //: Column title: the name of a user.
        {.title = tr("Name"), .text = [](Row row, TimePoint) { return row.name; }},
        //: Column title: the roles of a user.
        {.title = tr("Roles"), .text = [](Row row, TimePoint) { return row.roles.join(u", "_s); }},
        //: Column title: whether an account is active. Then its two states.
        {.title = tr("State"),
         .text = [](Row row, TimePoint) { return row.disabled ? tr("Disabled") : tr("Active"); },
         .tone = [](Row row) { return row.disabled ? Tone::Bad : Tone::Good; }},
        //: Column title: when a user last signed in.
        {.title = tr("Last sign-in"),
         .text = signedIn,
         .sort = [](Row row) { return row.lastSignInAt ? toMilliseconds(*row.lastSignInAt) : qint64(0); },
         .tip = [](Row row) { return row.lastSignInAt ? Times::exact(*row.lastSignInAt) : QString(); },
         .ageing = true},
        //: Column title: when an account was created.
        {.title = tr("Created"),
         .text = [](Row row, TimePoint now) { return Times::ago(row.createdAt, now); },
         .sort = [](Row row) { return toMilliseconds(row.createdAt); },
         .tip = [](Row row) { return Times::exact(row.createdAt); },
         .ageing = true},
        //: Column title: how the password of a user is stored (argon2id, bcrypt).
        {.title = tr("Password"), .text = [](Row row, TimePoint) { return row.passwordScheme; }},
    };
}

QString keyOf(const UserView &user) { return user.email.toCaseFolded(); }

} // namespace

UsersModel::UsersModel(const Clock &clock, QObject *parent) : RowsModel(clock, UserColumns::all(), parent) {}

int UsersModel::rowOf(const Id &id) const
{
    const auto found = std::ranges::find(rows(), id, &UserView::id);
    return found == rows().end() ? -1 : int(found - rows().begin());
}

void UsersModel::replaceAll(const QList<UserView> &given)
{
    updateTo(given, [](const UserView &row) { return row.id; });
}

void UsersModel::append(const QList<UserView> &given)
{
    QSet<Id> known;
    for (const UserView &row : rows())
        known += row.id;
    QList<UserView> fresh;
    for (const UserView &row : given) {
        if (!known.contains(row.id))
            fresh += row;
    }
    insertAt(int(rows().size()), fresh);
}

void UsersModel::fetchMore(const QModelIndex &) { Q_EMIT moreWanted(); }

bool UsersModel::isWanted(const UserView &user) const { return m_matcher.isIn(user.email) || m_matcher.isIn(user.name); }

void UsersModel::take(const UserView &user)
{
    const int row = rowOf(user.id);
    if (row >= 0 && keyOf(rows()[row]) == keyOf(user) && isWanted(user))
        return replaceAt(row, user);
    if (row >= 0)
        removeAt(row); // a new address: another place, or none
    if (!isWanted(user))
        return;
    const int place = int(std::ranges::lower_bound(rows(), keyOf(user), {}, keyOf) - rows().begin());
    if (place < rows().size() || !m_hasMore)
        insertAt(place, {user});
}

void UsersModel::take(const UserGone &gone)
{
    if (const int row = rowOf(gone.id); row >= 0)
        removeAt(row);
}

void UsersModel::take(const UserSignedIn &seen)
{
    const int row = rowOf(seen.id);
    if (row < 0)
        return;
    UserView user = rows()[row];
    user.lastSignInAt = seen.at;
    replaceAt(row, user);
}

void UsersModel::apply(const QList<Change> &changes)
{
    for (const Change &change : changes)
        std::visit([this](const auto &one) { take(one); }, change);
}

} // namespace warder
