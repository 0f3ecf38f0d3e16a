#include "core/console/SessionIndex.h"

#include "core/console/ChangeJournal.h"
#include "core/console/ViewsOf.h"
#include "core/sessions/SessionStore.h"

#include <algorithm>

namespace warder {
namespace {

constexpr auto prunedEvery = std::chrono::minutes {1};
constexpr qsizetype mostDevices = 10'000;

} // namespace

Result<QList<Id>> SessionIndex::find(DbConnection &connection, const SessionFilter &filter, TimePoint now, Id before, qsizetype limit)
{
    const std::lock_guard lock(m_mutex);
    if (const auto upToDate = catchUp(connection, now); !upToDate)
        return refused(upToDate);
    const SessionMatcher matcher(filter);
    QList<Id> found;
    auto entry = before.isNull() ? m_entries.end() : placeOf(before);
    while (entry != m_entries.begin() && found.size() < limit) {
        --entry;
        if (fits(matcher, *entry, now))
            found += entry->id;
    }
    return found;
}

Result<QList<Id>> SessionIndex::findFrom(DbConnection &connection, const SessionFilter &filter, TimePoint now, Id from, qsizetype limit)
{
    const std::lock_guard lock(m_mutex);
    if (const auto upToDate = catchUp(connection, now); !upToDate)
        return refused(upToDate);
    const SessionMatcher matcher(filter);
    QList<Id> found;
    for (auto entry = placeOf(from); entry != m_entries.end() && found.size() < limit; ++entry) {
        if (fits(matcher, *entry, now))
            found += entry->id;
    }
    return found;
}

Result<SessionCounts> SessionIndex::count(DbConnection &connection, const SessionFilter &filter, TimePoint now)
{
    const std::lock_guard lock(m_mutex);
    if (const auto upToDate = catchUp(connection, now); !upToDate)
        return refused(upToDate);
    const SessionMatcher matcher(filter);
    SessionCounts counts;
    ++m_counts;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (!fits(matcher, entry, now))
            continue;
        ++counts.sessions;
        if (entry.endedAt || now >= entry.expiresAt)
            continue;
        ++counts.live;
        counts.newest = std::max(counts.newest, std::optional(entry.id));
        if (std::exchange(entry.owner->counted, m_counts) != m_counts)
            ++counts.users;
    }
    return counts;
}

std::optional<qint64> SessionIndex::liveIfKnown(TimePoint now)
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock || !m_loaded || !follow(now))
        return std::nullopt;
    return std::ranges::count_if(m_entries, [now](const Entry &entry) { return !entry.endedAt && now < entry.expiresAt; });
}

bool SessionIndex::fits(const SessionMatcher &matcher, const Entry &entry, TimePoint now) const
{
    return matcher.isOfUser(entry.user) && matcher.isInTime(entry.openedAt, entry.expiresAt, entry.endedAt, now)
           && matcher.isInWords(entry.owner->email, entry.address, entry.device);
}

Result<void> SessionIndex::catchUp(DbConnection &connection, TimePoint now)
{
    if (!m_loaded || !follow(now))
        return load(connection, now);
    return {};
}

/// False when the journal has moved on too far.
bool SessionIndex::follow(TimePoint now)
{
    const Changes news = m_journal.since(m_position);
    if (news.missedSome)
        return m_loaded = false;
    for (const Change &change : news.changes)
        std::visit([this](const auto &one) { apply(one); }, change);
    m_position = news.position;
    prune(now);
    return true;
}

Result<void> SessionIndex::load(DbConnection &connection, TimePoint now)
{
    m_entries.clear();
    m_owners.clear();
    m_devices.clear();
    m_position = m_journal.position(); // first: what is told after it is taken once more, which does no harm
    const auto add = [this](const Session &session, const QString &email) {
        m_entries += entryOf(viewOf(session, email));
        return true;
    };
    const auto done = SessionStore::eachSince(connection, now - SessionMatcher::endedKept, add);
    m_loaded = done.has_value();
    std::ranges::sort(m_entries, {}, &Entry::id);
    m_pruned = now;
    return done;
}

void SessionIndex::prune(TimePoint now)
{
    if (now - m_pruned < prunedEvery)
        return;
    m_pruned = now;
    m_entries.removeIf([now](const Entry &entry) { return entry.endedAt.value_or(entry.expiresAt) <= now - SessionMatcher::endedKept; });
    if (m_entries.capacity() > 2 * m_entries.size())
        m_entries.squeeze();
    ++m_counts;
    for (const Entry &entry : std::as_const(m_entries))
        entry.owner->counted = m_counts;
    std::erase_if(m_owners, [this](const auto &owner) { return owner.second.counted != m_counts; });
}

SessionIndex::Entry SessionIndex::entryOf(const SessionView &session)
{
    const auto [owner, isNew] = m_owners.try_emplace(session.userId);
    if (isNew)
        owner->second.email = searchKey(session.email).toUtf8();
    if (m_devices.size() > mostDevices)
        m_devices.clear(); // whoever signs in chooses its user agent
    QByteArray &device = m_devices[session.device];
    if (device.isNull())
        device = searchKey(session.device).toUtf8();
    return {.id = session.id,
            .user = session.userId,
            .owner = &owner->second,
            .address = searchKey(session.address).toUtf8(),
            .device = device,
            .openedAt = session.openedAt,
            .expiresAt = session.expiresAt,
            .endedAt = session.endedAt};
}

QList<SessionIndex::Entry>::iterator SessionIndex::placeOf(const Id &id) { return std::ranges::lower_bound(m_entries, id, {}, &Entry::id); }

void SessionIndex::apply(const SessionView &session)
{
    const auto place = placeOf(session.id);
    if (place != m_entries.end() && place->id == session.id)
        *place = entryOf(session);
    else
        m_entries.insert(place, entryOf(session));
}

void SessionIndex::apply(const SessionGone &gone)
{
    if (const auto place = placeOf(gone.id); place != m_entries.end() && place->id == gone.id)
        place->endedAt = gone.at;
}

void SessionIndex::apply(const UserView &user)
{
    if (const auto owner = m_owners.find(user.id); owner != m_owners.end())
        owner->second.email = searchKey(user.email).toUtf8();
}

void SessionIndex::apply(const UserGone &gone)
{
    m_entries.removeIf([&gone](const Entry &entry) { return entry.user == gone.id; });
    m_owners.erase(gone.id);
}

} // namespace warder
