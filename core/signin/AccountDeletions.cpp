#include "core/signin/AccountDeletions.h"

#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/config/LiveSettings.h"
#include "core/sessions/Sessions.h"
#include "core/signin/DeletionPolicy.h"
#include "core/signin/Proofs.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

AccountDeletions::AccountDeletions(Database &database, Accounts &accounts, Sessions &sessions, const LiveSettings &settings)
    : m_database(database), m_accounts(accounts), m_sessions(sessions), m_settings(settings)
{}

Result<User> AccountDeletions::markDeleted(Id user, const QString &actor, TimePoint now, std::optional<qint64> seen)
{
    return m_database.write([&](Transaction &transaction) { return markWithin(transaction, user, actor, now, seen); });
}

Result<User> AccountDeletions::markWithin(Transaction &transaction, Id user, const QString &actor, TimePoint now,
                                          std::optional<qint64> seen)
{
    const auto found = m_accounts.findWithin(transaction, user);
    if (!found || found->deletedAt)
        return found;
    const TimePoint goesAt = now + DeletionPolicy::from(m_settings.get()).after;
    const AuditEvent event {.at = now,
                            .type = audit::userDeleted,
                            .actor = actor,
                            .subject = user,
                            .details = {{u"email"_s, found->email}, {u"goes_at"_s, toText(goesAt)}}};
    return m_sessions.checkNumber(transaction, user, seen, now)
        .and_then([&] { return m_sessions.endAll(transaction, user, SessionEnd::AccountRemoved, actor, now); })
        .and_then([&] { return forgetProofs(transaction, user); })
        .and_then([&] { return AuditStore::append(transaction, event); })
        .and_then([&] { return m_accounts.setDeleted(transaction, user, goesAt, now); });
}

Result<User> AccountDeletions::restore(Id user, const QString &actor, TimePoint now)
{
    return m_database.write([&](Transaction &transaction) { return restoreWithin(transaction, user, actor, now); });
}

Result<User> AccountDeletions::restoreWithin(Transaction &transaction, Id user, const QString &actor, TimePoint now)
{
    const auto found = m_accounts.findWithin(transaction, user);
    if (!found)
        return found;
    if (!found->deletedAt)
        return refused(ErrorCode::Conflict, u"the account is not deleted"_s);
    const AuditEvent event {
        .at = now, .type = audit::userRestored, .actor = actor, .subject = user, .details = {{u"email"_s, found->email}}};
    return AuditStore::append(transaction, event).and_then([&] { return m_accounts.setDeleted(transaction, user, std::nullopt, now); });
}

Result<qint64> AccountDeletions::removeDue(TimePoint now)
{
    return m_database.write([&](Transaction &transaction) -> Result<qint64> {
        const auto due = UserStore::findGoing(transaction, now, removedAtOnce);
        if (!due)
            return refused(due);
        for (const Id &user : *due) {
            if (const auto removed = removeWithin(transaction, user, now); !removed)
                return refused(removed);
        }
        return due->size();
    });
}

Result<void> AccountDeletions::removeWithin(Transaction &transaction, Id user, TimePoint now)
{
    const auto found = m_accounts.findWithin(transaction, user);
    if (!found)
        return refused(found);
    const AuditEvent event {
        .at = now, .type = audit::userRemoved, .actor = u"system"_s, .subject = user, .details = {{u"email"_s, found->email}}};
    return m_accounts.remove(transaction, user).and_then([&] { return AuditStore::append(transaction, event); });
}

} // namespace warder
