#include "core/console/SessionMatcher.h"
#include "core/console/SessionQuery.h"
#include "tests/ui/support/FakeConsole.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder::test {

QList<SessionView> FakeConsole::shown(const SessionFilter &filter) const
{
    const SessionMatcher matcher(filter);
    QList<SessionView> rows;
    for (const SessionView &row : sessionRows) {
        if (matcher.matches(row, m_clock.now()))
            rows += row;
    }
    return rows;
}

static SessionCounts countsOf(const QList<SessionView> &rows, TimePoint now)
{
    SessionCounts counts;
    QSet<Id> users;
    for (const SessionView &row : rows) {
        ++counts.sessions;
        if (!row.isLive(now))
            continue;
        ++counts.live;
        counts.newest = std::max(counts.newest, std::optional(row.id));
        users += row.userId;
    }
    counts.users = users.size();
    return counts;
}

int FakeConsole::end(const QList<Id> &ids)
{
    int ended = 0;
    for (SessionView &row : sessionRows) {
        if (!ids.contains(row.id) || !row.isLive(m_clock.now()))
            continue;
        row.endedAt = m_clock.now();
        row.endReason = u"admin"_s;
        m_journal += SessionGone {row.id, row.endReason, m_clock.now()};
        ++ended;
    }
    answerPolls();
    return ended;
}

void FakeConsole::teachSessions()
{
    using session_query::textOf;
    teach<ListSessions>([this](const ListSessions &order) {
        return Play<ListSessions> {u"sessions "_s + textOf(order.filter), newestFirstPageOf(shown(order.filter), order)};
    });
    teach<CountSessions>([this](const CountSessions &order) {
        return Play<CountSessions> {u"countSessions "_s + textOf(order.filter), countsOf(shown(order.filter), m_clock.now())};
    });
    teach<CountSessionsEach>([this](const CountSessionsEach &order) {
        QStringList words;
        QList<SessionCounts> counts;
        for (const CountSessions &one : order.each) {
            words += textOf(one.filter);
            counts += countsOf(shown(one.filter), m_clock.now());
        }
        return Play<CountSessionsEach> {u"eachSessions "_s + words.join(u'|'), counts};
    });
    teach<FindRefreshes>(
        [this](const FindRefreshes &order) { return Play<FindRefreshes> {u"refreshes"_s, refreshes.value(order.session)}; });
    teach<RevokeSessions>([this](const RevokeSessions &order) {
        return Play<RevokeSessions> {u"revokeSessions %1"_s.arg(order.sessions.size()), end(order.sessions)};
    });
    teach<RevokeShown>([this](const RevokeShown &order) {
        QList<Id> ids;
        for (const SessionView &row : shown(order.filter)) {
            if (row.isLive(m_clock.now()) && !(order.newest && row.id > *order.newest))
                ids += row.id;
        }
        const bool fits = order.newest ? ids.size() <= order.seen : ids.size() == order.seen;
        return Play<RevokeShown> {u"revokeShown %1 seen %2"_s.arg(textOf(order.filter)).arg(order.seen),
                                  fits ? Result<int>(end(ids)) : refused(ErrorCode::Conflict, QString::number(ids.size()))};
    });
    teach<EndSessionsOf>([this](const EndSessionsOf &order) {
        QList<Id> ids;
        for (const SessionView &row : std::as_const(sessionRows)) {
            if (row.userId == order.user)
                ids += row.id;
        }
        return Play<EndSessionsOf> {u"endSessionsOf"_s, end(ids)};
    });
}

QList<Id> FakeConsole::liveOf(const Id &user) const
{
    QList<Id> live;
    for (const SessionView &row : sessionRows) {
        if (row.userId == user && row.isLive(m_clock.now()))
            live += row.id;
    }
    return live;
}

/// As the core does it: nothing is done where another number is live than the person was told.
bool FakeConsole::endAllOf(const Id &user, std::optional<qint64> seen)
{
    const QList<Id> live = liveOf(user);
    if (live.size() != seen.value_or(live.size()))
        return false;
    end(live);
    return true;
}

} // namespace warder::test
