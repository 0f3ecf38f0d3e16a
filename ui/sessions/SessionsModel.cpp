#include "ui/sessions/SessionsModel.h"

#include "core/base/Id.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

namespace {

QString stateOf(const SessionView &session, TimePoint now)
{
    //: State of a session that can be used.
    return session.isLive(now) ? SessionsModel::tr("Live") : UiTexts::endReason(session.endReason);
}

Tone toneOf(const SessionView &session)
{
    if (!session.endedAt)
        return Tone::Good;
    return session.endReason == QLatin1StringView("reuse") ? Tone::Bad : Tone::Neutral;
}

QList<Column<SessionView>> columns()
{
    using Row = const SessionView &;
    return {
        //: Column title: the e-mail address of a session's user.
        {.title = SessionsModel::tr("User"), .characters = 24, .text = [](Row row, TimePoint) { return row.email; }},
        //: Column title: browser and system of a session.
        {.title = SessionsModel::tr("Device"),
         .characters = 19,
         .text = [](Row row, TimePoint) { return UiTexts::device(row.device); },
         .tip = [](Row row) { return row.userAgent; }},
        //: Column title: the network address of a session.
        {.title = SessionsModel::tr("Address"), .characters = 18, .text = [](Row row, TimePoint) { return row.address; }},
        //: Column title: whether a session is live, or why it ended.
        {.title = SessionsModel::tr("State"), .characters = 12, .text = stateOf, .tone = toneOf},
        //: Column title: when a session was last used.
        {.title = SessionsModel::tr("Last seen"), .characters = 13, .time = &SessionView::lastSeenAt},
        //: Column title: when a session was opened.
        {.title = SessionsModel::tr("Started"), .characters = 13, .time = &SessionView::openedAt},
        //: Column title: when a session will end by itself.
        {.title = SessionsModel::tr("Expires"),
         .characters = 12,
         .text = [](Row row, TimePoint now) { return row.endedAt ? QStringLiteral("–") : Times::until(row.expiresAt, now); },
         .time = &SessionView::expiresAt},
        //: Column title: how the owner of a session proved who they are ("Password + code").
        {.title = SessionsModel::tr("Method"),
         .characters = 15,
         .text = [](Row row, TimePoint) { return UiTexts::method(row.method, row.amr); }},
    };
}

} // namespace

SessionsModel::SessionsModel(const PageContext &context, QObject *page) : PagedModel(context, columns(), page) {}

void SessionsModel::setFilter(const SessionFilter &filter)
{
    m_matcher = SessionMatcher(filter);
    setQuestions({.filter = filter}, {.filter = filter});
}

int SessionsModel::rowOf(const Id &id) const
{
    const auto place = std::ranges::lower_bound(rows(), id, std::greater(), &SessionView::id);
    return place != rows().end() && place->id == id ? int(place - rows().begin()) : -1;
}

bool SessionsModel::isWanted(const SessionView &session) const { return m_matcher.matches(session, clock().now()); }

std::optional<qint64> SessionsModel::total() const
{
    const auto known = counts();
    return known ? std::optional(known->sessions) : std::nullopt;
}

SessionCounts SessionsModel::countRead() const
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

void SessionsModel::everySecond()
{
    {
        const Batch batch(*this);
        for (int row = int(rows().size()) - 1; row >= 0; --row) {
            if (m_matcher.isInTime(rows()[row].expiresAt, rows()[row].endedAt, clock().now()))
                continue;
            removeAt(row);
            invalidateTotal();
        }
    }
    PagedModel::everySecond();
}

void SessionsModel::applyOther(const Change &change)
{
    if (const auto *ended = std::get_if<SessionGone>(&change))
        end(*ended);
    if (const auto *user = std::get_if<UserView>(&change))
        rename(*user);
    const auto *gone = std::get_if<UserGone>(&change);
    for (int row = int(rows().size()) - 1; gone && row >= 0; --row) {
        if (rows()[row].userId == gone->id)
            removeAt(row);
    }
}

void SessionsModel::end(const SessionGone &gone)
{
    const int row = rowOf(gone.id);
    if (row < 0)
        return;
    SessionView session = rows()[row];
    session.endedAt = gone.at;
    session.endReason = gone.reason;
    applyRow(session);
}

void SessionsModel::rename(const UserView &user)
{
    QList<SessionView> renamed;
    for (const SessionView &row : rows()) {
        if (row.userId == user.id && row.email != user.email)
            renamed += row;
    }
    for (SessionView &row : renamed) {
        row.email = user.email;
        applyRow(row);
    }
}

Csv::Fields csvFields(const SessionView &session)
{
    return {{u"id"_s, session.id.toString()},
            {u"user_id"_s, session.userId.toString()},
            {u"email"_s, session.email},
            {u"device"_s, session.device},
            {u"user_agent"_s, session.userAgent},
            {u"address"_s, session.address},
            {u"method"_s, session.method},
            {u"amr"_s, session.amr.join(u' ')},
            {u"opened_at"_s, Csv::time(session.openedAt)},
            {u"last_seen_at"_s, Csv::time(session.lastSeenAt)},
            {u"expires_at"_s, Csv::time(session.expiresAt)},
            {u"generation"_s, QString::number(session.generation)},
            {u"ended_at"_s, Csv::time(session.endedAt)},
            {u"end_reason"_s, session.endReason}};
}

} // namespace warder
