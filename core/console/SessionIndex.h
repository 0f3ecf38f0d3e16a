#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/console/SessionMatcher.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"

#include <QHash>

#include <mutex>
#include <unordered_map>

namespace warder {

class ChangeJournal;
class DbConnection;

/// What a filter looks at, of every session that is live or ended within a day: in memory, about 200 bytes each, read from the
/// database at the first question and kept up by the journal, so that filtering and counting a hundred thousand takes
/// milliseconds. Any thread that may read; one question at a time.
class SessionIndex final
{
public:
    explicit SessionIndex(const ChangeJournal &journal) : m_journal(journal) {}

    /// Newest first, those older than `before` (null: from the newest), at most `limit`.
    Result<QList<Id>> find(DbConnection &connection, const SessionFilter &filter, TimePoint now, Id before = {},
                           qsizetype limit = allOfThem);
    /// Oldest first, from `from` on (null: from the oldest), at most `limit`.
    Result<QList<Id>> findFrom(DbConnection &connection, const SessionFilter &filter, TimePoint now, Id from, qsizetype limit);
    Result<SessionCounts> count(DbConnection &connection, const SessionFilter &filter, TimePoint now);

    /// How many are live, if the index was asked before; never reads the database.
    std::optional<qint64> liveIfKnown(TimePoint now);

    static constexpr qsizetype allOfThem = std::numeric_limits<qsizetype>::max();

private:
    struct Owner
    {
        QByteArray email;
        quint64 counted = 0; ///< The last count that met a session of theirs.
    };
    struct Entry
    {
        Id id;
        Id user;
        Owner *owner;
        QByteArray address;
        QByteArray device;
        TimePoint openedAt;
        TimePoint expiresAt;
        std::optional<TimePoint> endedAt;
    };

    Result<void> catchUp(DbConnection &connection, TimePoint now);
    bool follow(TimePoint now);
    Result<void> load(DbConnection &connection, TimePoint now);
    void prune(TimePoint now);
    bool fits(const SessionMatcher &matcher, const Entry &entry, TimePoint now) const;
    Entry entryOf(const SessionView &session);
    QList<Entry>::iterator placeOf(const Id &id);

    void apply(const SessionView &session);
    void apply(const SessionGone &gone);
    void apply(const UserView &user);
    void apply(const UserGone &gone);
    void apply(const auto &) {}

    const ChangeJournal &m_journal;
    std::mutex m_mutex; ///< Guards all below.
    bool m_loaded = false;
    quint64 m_position = 0;
    quint64 m_counts = 0;
    TimePoint m_pruned;
    QList<Entry> m_entries; ///< Oldest first: new ones come at the end.
    std::unordered_map<Id, Owner> m_owners;
    QHash<QString, QByteArray> m_devices; ///< Few words for many sessions.
};

} // namespace warder
