#include "core/console/ChangeJournal.h"

#include "core/console/ViewsOf.h"

using namespace Qt::StringLiterals;

namespace warder {

void ChangeJournal::record(const Change &change)
{
    std::unique_lock lock(m_mutex);
    append(change);
    answerWaiting(std::move(lock));
}

void ChangeJournal::append(const Change &change)
{
    m_ring.push_back(change);
    if (m_ring.size() > m_capacity) {
        m_ring.pop_front();
        ++m_first;
    }
}

void ChangeJournal::answerWaiting(std::unique_lock<std::mutex> lock)
{
    if (m_waiting.empty())
        return;
    const auto waiting = std::exchange(m_waiting, {});
    std::vector<Changes> news;
    for (const auto &[number, one] : waiting)
        news.push_back(newSince(one.position));
    lock.unlock();
    for (auto next = news.cbegin(); const auto &[number, one] : waiting)
        one.callback(*next++);
}

std::optional<quint64> ChangeJournal::answerSince(quint64 position, const Callback &callback)
{
    std::unique_lock lock(m_mutex);
    const Changes news = newSince(position);
    if (news.changes.isEmpty() && !news.missedSome) {
        m_waiting.emplace(++m_lastWaiting, Waiting {.position = position, .callback = callback});
        return m_lastWaiting;
    }
    lock.unlock();
    callback(news);
    return std::nullopt;
}

bool ChangeJournal::stopWaiting(quint64 number)
{
    const std::lock_guard lock(m_mutex);
    return m_waiting.erase(number) > 0;
}

Changes ChangeJournal::since(quint64 position) const
{
    const std::lock_guard lock(m_mutex);
    return newSince(position);
}

Changes ChangeJournal::newSince(quint64 position) const
{
    const quint64 next = m_first + m_ring.size();
    Changes changes {.position = next - 1, .missedSome = position + 1 < m_first || position >= next};
    if (changes.missedSome)
        return changes;
    for (quint64 number = position + 1; number < next; ++number)
        changes.changes += m_ring[size_t(number - m_first)];
    return changes;
}

quint64 ChangeJournal::position() const
{
    const std::lock_guard lock(m_mutex);
    return m_first + m_ring.size() - 1;
}

std::optional<qint64> ChangeJournal::liveSessions() const
{
    const std::lock_guard lock(m_mutex);
    return m_liveSessions;
}

void ChangeJournal::seed(qint64 liveSessions)
{
    const std::lock_guard lock(m_mutex);
    m_liveSessions = liveSessions;
}

void ChangeJournal::sessionOpened(const Session &session, const User &user)
{
    std::unique_lock lock(m_mutex);
    if (m_liveSessions)
        ++*m_liveSessions;
    append(viewOf(session, user.email));
    append(UserSignedIn {.id = user.id, .at = session.openedAt});
    answerWaiting(std::move(lock));
}

void ChangeJournal::sessionRenewed(const Session &session, const User &user) { record(viewOf(session, user.email)); }

void ChangeJournal::sessionEnded(const Session &session)
{
    std::unique_lock lock(m_mutex);
    if (m_liveSessions)
        m_liveSessions = std::max<qint64>(0, *m_liveSessions - 1);
    append(SessionGone {.id = session.id,
                        .reason = session.revokedReason ? nameOf(*session.revokedReason) : QString(),
                        .at = session.revokedAt.value_or(session.lastSeenAt)});
    answerWaiting(std::move(lock));
}

void ChangeJournal::refreshReused(const Session &session, const QString &email, const QString &from)
{
    record(Alarm {.at = session.revokedAt.value_or(session.lastSeenAt),
                  .type = AlarmType::RefreshReused,
                  .sessionId = session.id,
                  .userId = session.userId,
                  .email = email,
                  .address = from,
                  .openedFrom = session.address});
}

void ChangeJournal::bruteForceSeen(const BruteForce &seen, const std::optional<User> &user)
{
    record(Alarm {.at = seen.at,
                  .type = AlarmType::BruteForce,
                  .userId = user ? user->id : Id {},
                  .email = user ? user->email : seen.account,
                  .address = seen.address,
                  .count = std::max(seen.fromAddress, seen.atAccount),
                  .sign = seen.sign});
}

void ChangeJournal::limitExceeded(const QString &rule, const QString &address, const QString &account, TimePoint now)
{
    record(Alarm {.at = now, .type = AlarmType::LimitExceeded, .userId = {}, .email = account, .address = address, .rule = rule});
}

void ChangeJournal::userCreated(const User &user) { record(viewOf(user)); }

void ChangeJournal::userChanged(const User &user) { record(viewOf(user)); }

void ChangeJournal::usersImported(qint64 count) { record(UsersImported {.count = count}); }

void ChangeJournal::userRemoved(Id user) { record(UserGone {.id = user}); }

void ChangeJournal::keysChanged() { record(KeysChanged {}); }

void ChangeJournal::recorded(qint64 newest) { record(ActivityRecorded {.seq = newest}); }

void ChangeJournal::problemBegan(const RaisedAlarm &alarm) { record(alarmOf(alarm)); }

void ChangeJournal::alarmsStored() { record(AlarmsChanged {}); }

} // namespace warder
