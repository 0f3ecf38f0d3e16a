#pragma once

#include "core/base/Result.h"
#include "core/sessions/SessionFeed.h"
#include "core/sessions/SessionPolicy.h"

#include <QList>

#include <functional>
#include <mutex>

namespace warder {

class DbConnection;
class Database;
class Revocations;

/// What happens around the end of sessions: the row, the record, the refusal on every thread, the word to the feed, in an
/// order that nobody can get between. SessionService's tool; same threads.
class SessionEndings final
{
public:
    /// `tokensLive`: how long an access token may be accepted after it was issued.
    SessionEndings(Database &database, Revocations &revocations, SessionFeed &feed, Milliseconds tokensLive);

    /// Refuses again what ended before the start while tokens of it may still be alive, removed accounts' sessions included.
    Result<void> load(TimePoint now);

    /// Runs a job that ends sessions; how many it ended. They are refused on every thread before the job commits, so that a second
    /// caller who finds them ended is right to say so; a job that is undone takes it back. The feed is told after the commit.
    using Job = std::function<Result<QList<Session>>(DbConnection &)>;
    Result<int> run(const Job &job, TimePoint now);

    /// Tells the feed of a session as live, unless it ended meanwhile.
    void announceLive(const Session &session, const User &user, bool isNew);

    /// For jobs: end and record; the ones that were live come back. `from`: the address it was done from, if that is not the
    /// session's own.
    static Result<QList<Session>> endEach(DbConnection &connection, const QList<Id> &sessions, SessionEnd reason, const QString &actor,
                                          TimePoint now, const QString &from = {});
    static Result<QList<Session>> endAll(DbConnection &connection, Id user, SessionEnd reason, std::optional<Id> except,
                                         const QString &actor, TimePoint now);

private:
    Result<void> loadRemoved(TimePoint now);

    Database &m_database;
    Revocations &m_revocations;
    SessionFeed &m_feed;
    const Milliseconds m_tokenTail;
    std::mutex m_announceMutex; ///< Nobody tells of a session as live after its end was told.
};

} // namespace warder
