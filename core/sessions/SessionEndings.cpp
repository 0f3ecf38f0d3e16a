#include "core/sessions/SessionEndings.h"

#include "core/audit/AuditStore.h"
#include "core/sessions/Revocations.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/Transaction.h"

#include <algorithm>

namespace warder {
namespace {

constexpr int auditPage = 500;

/// A refresh that waited for the writer issues its token by the time at which it began, not by the end's.
constexpr Milliseconds waited = std::chrono::minutes {1};

} // namespace

SessionEndings::SessionEndings(Revocations &revocations, SessionListener &listener, Milliseconds tokensLive)
    : m_revocations(revocations), m_listener(listener), m_tokenTail(tokensLive + waited)
{}

/// All that goes with the end of a session whose row says so by now.
Result<void> SessionEndings::finish(Transaction &transaction, const Session &session, const QString &actor, TimePoint now,
                                    const QString &from)
{
    m_revocations.add(session.id, now + m_tokenTail);
    transaction.afterEnd([this, id = session.id](bool committed) {
        if (!committed)
            m_revocations.remove(id);
    });
    transaction.afterCommit([this, session] { m_listener.sessionEnded(session); });
    const auto type = session.revokedReason == SessionEnd::Reuse ? audit::refreshReused : audit::sessionRevoked;
    return AuditStore::append(transaction, {.at = now,
                                            .type = type,
                                            .actor = actor,
                                            .subject = session.userId,
                                            .session = session.id,
                                            .address = from.isEmpty() ? session.address : from,
                                            .details = {{QStringLiteral("reason"), nameOf(*session.revokedReason)},
                                                        {QStringLiteral("opened_from"), session.address}}});
}

Result<QList<Session>> SessionEndings::endAll(Transaction &transaction, Id user, SessionEnd reason, std::optional<Id> except,
                                              const QString &actor, TimePoint now)
{
    const auto ended = SessionStore::revokeByUser(transaction, user, reason, except, now);
    if (!ended)
        return ended;
    for (const Session &session : *ended) {
        if (const auto finished = finish(transaction, session, actor, now); !finished)
            return refused(finished);
    }
    return ended;
}

Result<QList<Session>> SessionEndings::endEach(Transaction &transaction, const QList<Id> &sessions, SessionEnd reason, const QString &actor,
                                               TimePoint now, const QString &from)
{
    QList<Session> all;
    for (const Id &id : sessions) {
        const auto ended = SessionStore::revoke(transaction, id, reason, from, now);
        if (!ended)
            return refused(ended);
        if (!ended->has_value())
            continue;
        if (const auto finished = finish(transaction, **ended, actor, now, from); !finished)
            return refused(finished);
        all += **ended;
    }
    return all;
}

Result<std::optional<Session>> SessionEndings::endReused(Transaction &transaction, const Session &session, const QString &from,
                                                         TimePoint now)
{
    const auto ended = SessionStore::revoke(transaction, session.id, SessionEnd::Reuse, from, now, session.refreshes);
    if (!ended || !ended->has_value())
        return ended;
    if (const auto finished = finish(transaction, **ended, QStringLiteral("system"), now, from); !finished)
        return refused(finished);
    return ended;
}

Result<void> SessionEndings::load(DbConnection &connection, Milliseconds tokensLive, TimePoint now)
{
    m_tokenTail = std::max(m_tokenTail, tokensLive + waited);
    const auto ended = SessionStore::revokedSince(connection, now - m_tokenTail);
    if (!ended)
        return refused(ended);
    for (const auto &one : *ended)
        m_revocations.add(one.session, one.at + m_tokenTail);
    return loadRemoved(connection, now);
}

/// The sessions of a removed account went with it; only the record still knows them.
Result<void> SessionEndings::loadRemoved(DbConnection &connection, TimePoint now)
{
    std::optional<Id> before;
    while (true) {
        const auto events = AuditStore::newest(connection, std::nullopt, audit::sessionRevoked, auditPage, before);
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

} // namespace warder
