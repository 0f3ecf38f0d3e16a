#include "ui/sessions/SessionsModel.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

namespace warder {

namespace {

struct SessionColumns
{
    Q_DECLARE_TR_FUNCTIONS(warder::SessionColumns)
public:
    static QList<Column<SessionView>> all();
    static QString stateOf(const SessionView &session, TimePoint now);
};

QString SessionColumns::stateOf(const SessionView &session, TimePoint now)
{
    //: State of a session that can be used.
    return session.isLive(now) ? tr("Live") : UiTexts::endReason(session.endReason);
}

Tone toneOf(const SessionView &session)
{
    if (!session.endedAt)
        return Tone::Good;
    return session.endReason == QLatin1StringView("reuse") ? Tone::Bad : Tone::Neutral;
}

QList<Column<SessionView>> SessionColumns::all()
{
    using Row = const SessionView &;
    return {
        //: Column title: the e-mail address of a session's user.
        {.title = tr("User"), .text = [](Row row, TimePoint) { return row.email; }},
        //: Column title: browser and system of a session.
        {.title = tr("Device"), .text = [](Row row, TimePoint) { return row.device; }, .tip = [](Row row) { return row.userAgent; }},
        //: Column title: the network address of a session.
        {.title = tr("Address"), .text = [](Row row, TimePoint) { return row.address; }},
        //: Column title: whether a session is live, or why it ended.
        {.title = tr("State"), .text = [](Row row, TimePoint now) { return stateOf(row, now); }, .tone = toneOf},
        //: Column title: when a session was last used.
        {.title = tr("Last seen"),
         .text = [](Row row, TimePoint now) { return Times::ago(row.lastSeenAt, now); },
         .sort = [](Row row) { return toMilliseconds(row.lastSeenAt); },
         .tip = [](Row row) { return Times::exact(row.lastSeenAt); },
         .ageing = true},
        //: Column title: when a session was opened.
        {.title = tr("Started"),
         .text = [](Row row, TimePoint now) { return Times::ago(row.openedAt, now); },
         .sort = [](Row row) { return toMilliseconds(row.openedAt); },
         .tip = [](Row row) { return Times::exact(row.openedAt); },
         .ageing = true},
        //: Column title: when a session will end by itself.
        {.title = tr("Expires"),
         .text = [](Row row, TimePoint now) { return row.endedAt ? QStringLiteral("–") : Times::until(row.expiresAt, now); },
         .sort = [](Row row) { return toMilliseconds(row.expiresAt); },
         .tip = [](Row row) { return Times::exact(row.expiresAt); },
         .ageing = true},
        //: Column title: how a session was signed in (password).
        {.title = tr("Method"), .text = [](Row row, TimePoint) { return row.method; }},
    };
}

} // namespace

SessionsModel::SessionsModel(const Clock &clock, QObject *parent) : RowsModel(clock, SessionColumns::all(), parent) {}

int SessionsModel::placeOf(const Id &id) const
{
    return int(std::ranges::lower_bound(rows(), id, std::greater(), &SessionView::id) - rows().begin());
}

int SessionsModel::rowOf(const Id &id) const
{
    const int place = placeOf(id);
    return place < rows().size() && rows()[place].id == id ? place : -1;
}

int SessionsModel::liveCount() const
{
    return int(std::ranges::count_if(rows(), [now = clock().now()](const SessionView &row) { return row.isLive(now); }));
}

SessionCounts SessionsModel::counts() const
{
    QSet<Id> users;
    SessionCounts counts {.sessions = rows().size()};
    for (const SessionView &row : rows()) {
        if (!row.isLive(clock().now()))
            continue;
        ++counts.live;
        users += row.userId;
    }
    counts.users = users.size();
    return counts;
}

void SessionsModel::replaceAll(const QList<SessionView> &given)
{
    QList<SessionView> sorted = given;
    std::ranges::sort(sorted, std::greater(), &SessionView::id);
    updateTo(sorted, [](const SessionView &row) { return row.id; });
}

void SessionsModel::append(const QList<SessionView> &given)
{
    QList<SessionView> fresh;
    for (const SessionView &row : given) {
        if (rows().isEmpty() || row.id < rows().last().id)
            fresh += row;
    }
    std::ranges::sort(fresh, std::greater(), &SessionView::id);
    insertAt(int(rows().size()), fresh);
}

void SessionsModel::fetchMore(const QModelIndex &) { Q_EMIT moreWanted(); }

void SessionsModel::apply(const QList<Change> &changes)
{
    for (const Change &change : changes)
        std::visit([this](const auto &one) { take(one); }, change);
}

void SessionsModel::take(const SessionView &session)
{
    if (!m_matcher.matches(session, clock().now()))
        return removeById(session.id);
    const int place = placeOf(session.id);
    if (place < rows().size() && rows()[place].id == session.id)
        replaceAt(place, session);
    else if (place < rows().size() || !m_hasMore)
        insertAt(place, {session});
}

void SessionsModel::take(const SessionGone &gone)
{
    const int row = rowOf(gone.id);
    if (row < 0)
        return;
    SessionView session = rows()[row];
    session.endedAt = gone.at;
    session.endReason = gone.reason;
    take(session);
}

void SessionsModel::take(const UserView &user)
{
    QList<SessionView> renamed;
    for (const SessionView &row : rows()) {
        if (row.userId == user.id && row.email != user.email)
            renamed += row;
    }
    for (SessionView &row : renamed) {
        row.email = user.email;
        take(row);
    }
}

void SessionsModel::take(const UserGone &gone)
{
    for (int row = int(rows().size()) - 1; row >= 0; --row) {
        if (rows()[row].userId == gone.id)
            removeAt(row);
    }
}

void SessionsModel::removeById(const Id &id)
{
    if (const int row = rowOf(id); row >= 0)
        removeAt(row);
}

bool SessionsModel::dropExpired()
{
    const auto before = rows().size();
    const TimePoint now = clock().now();
    for (int row = int(before) - 1; row >= 0; --row) {
        if (!m_matcher.isInTime(rows()[row].expiresAt, rows()[row].endedAt, now))
            removeAt(row);
    }
    return rows().size() != before;
}

} // namespace warder
