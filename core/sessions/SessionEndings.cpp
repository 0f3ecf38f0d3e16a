#include "core/sessions/SessionEndings.h"

#include "core/audit/AuditStore.h"
#include "core/sessions/Revocations.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/Database.h"

namespace warder {
namespace {

constexpr int auditPage = 500;

/// A refresh that waited for the writer issues its token by the time at which it began, not by the end's.
constexpr Milliseconds waited = std::chrono::minutes {1};

Result<void> record(DbConnection &connection, const Session &session, const QString &actor, TimePoint now, const QString &from = {})
{
    const auto type = session.revokedReason == SessionEnd::Reuse ? audit::refreshReused : audit::sessionRevoked;
    return AuditStore::append(connection, {.at = now,
                                           .type = type,
                                           .actor = actor,
                                           .subject = session.userId,
                                           .session = session.id,
                                           .address = from.isEmpty() ? session.address : from,
                                           .details = {{QStringLiteral("reason"), nameOf(*session.revokedReason)},
                                                       {QStringLiteral("opened_from"), session.address}}});
}

} // namespace

SessionEndings::SessionEndings(Database &database, Revocations &revocations, SessionFeed &feed, Milliseconds tokensLive)
    : m_database(database), m_revocations(revocations), m_feed(feed), m_tokenTail(tokensLive + waited)
{}

Result<QList<Session>> SessionEndings::endAll(DbConnection &connection, Id user, SessionEnd reason, std::optional<Id> except,
                                              const QString &actor, TimePoint now)
{
    const auto ended = SessionStore::revokeByUser(connection, user, reason, except, now);
    if (!ended)
        return ended;
    for (const Session &session : *ended) {
        if (const auto noted = record(connection, session, actor, now); !noted)
            return refused(noted);
    }
    return ended;
}

Result<QList<Session>> SessionEndings::endEach(DbConnection &connection, const QList<Id> &sessions, SessionEnd reason, const QString &actor,
                                               TimePoint now, const QString &from)
{
    QList<Session> all;
    for (const Id &id : sessions) {
        const auto ended = SessionStore::revoke(connection, id, reason, from, now);
        if (!ended)
            return refused(ended);
        if (!ended->has_value())
            continue;
        if (const auto noted = record(connection, **ended, actor, now, from); !noted)
            return refused(noted);
        all += **ended;
    }
    return all;
}

Result<void> SessionEndings::load(TimePoint now)
{
    const auto ended = SessionStore::revokedSince(m_database.reader(), now - m_tokenTail);
    if (!ended)
        return refused(ended);
    for (const auto &one : *ended)
        m_revocations.add(one.session, one.at + m_tokenTail);
    return loadRemoved(now);
}

/// The sessions of a removed account went with it; only the record still knows them.
Result<void> SessionEndings::loadRemoved(TimePoint now)
{
    std::optional<Id> before;
    while (true) {
        const auto events = AuditStore::newest(m_database.reader(), std::nullopt, audit::sessionRevoked, auditPage, before);
        if (!events)
            return refused(events);
        for (const AuditEvent &event : *events) {
            if (event.at < now - m_tokenTail)
                return {};
            if (event.session)
                m_revocations.add(*event.session, event.at + m_tokenTail);
        }
        if (events->size() < auditPage)
            return {};
        before = events->last().id;
    }
}

Result<int> SessionEndings::run(const Job &job, TimePoint now)
{
    QList<Session> ended;
    const auto done = m_database.write([&](DbConnection &connection) -> Result<void> {
        const auto made = job(connection);
        if (!made)
            return refused(made);
        ended = *made;
        for (const Session &session : ended)
            m_revocations.add(session.id, now + m_tokenTail);
        return {};
    });
    if (!done) {
        for (const Session &session : ended)
            m_revocations.remove(session.id);
        return refused(done);
    }
    const std::lock_guard lock(m_announceMutex);
    for (const Session &session : ended)
        m_feed.sessionEnded(session);
    return int(ended.size());
}

void SessionEndings::announceLive(const Session &session, const User &user, bool isNew)
{
    const std::lock_guard lock(m_announceMutex);
    if (m_revocations.contains(session.id))
        return; // its end has been or will be told
    if (isNew)
        m_feed.sessionOpened(session, user);
    else
        m_feed.sessionRenewed(session, user);
}

} // namespace warder
