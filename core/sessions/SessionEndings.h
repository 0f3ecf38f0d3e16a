#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/Result.h"
#include "core/sessions/Session.h"
#include "core/sessions/SessionListener.h"

#include <QList>

namespace warder {

class DbConnection;
class Revocations;
class Transaction;

/// Ends sessions, in jobs on the writer. Each end is written and recorded; its access tokens are refused on every thread before the
/// job commits, so that a second caller who finds it ended is right to say so, and are taken again if the job is undone; the
/// listener is told after the commit. A tool of Sessions.
class SessionEndings final
{
public:
    /// `tokensLive`: how long an access token of now may be accepted after it was issued.
    SessionEndings(Revocations &revocations, SessionListener &listener, Milliseconds tokensLive);

    /// Refuses again what ended before the start while tokens of it may still be alive, removed accounts' sessions included.
    /// Once, before anything else. `tokensLive`: the same of the tokens that are out there.
    Result<void> load(DbConnection &connection, Milliseconds tokensLive, TimePoint now);

    /// The ones that were live come back. `from`: the address it was done from, if that is not the session's own.
    Result<QList<Session>> endEach(Transaction &transaction, const QList<Id> &sessions, SessionEnd reason, const QString &actor,
                                   TimePoint now, const QString &from = {});
    /// Ends one whose spent refresh token came back, `from` that address; nothing if it had ended. `session`: its refreshes have that use.
    Result<std::optional<Session>> endReused(Transaction &transaction, const Session &session, const QString &from, TimePoint now);
    Result<QList<Session>> endAll(Transaction &transaction, Id user, SessionEnd reason, std::optional<Id> except, const QString &actor,
                                  TimePoint now);

private:
    Result<void> finish(Transaction &transaction, const Session &session, const QString &actor, TimePoint now, const QString &from = {});
    Result<void> loadRemoved(DbConnection &connection, TimePoint now);

    Revocations &m_revocations;
    SessionListener &m_listener;
    Milliseconds m_tokenTail;
};

} // namespace warder
