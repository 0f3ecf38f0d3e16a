#include "core/signin/BulkChanges.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/sessions/Sessions.h"
#include "core/signin/AccountChanges.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

BulkChanges::BulkChanges(Database &database, Accounts &accounts, Sessions &sessions, AccountChanges &changes)
    : m_database(database), m_accounts(accounts), m_sessions(sessions), m_changes(changes)
{}

Result<void> BulkChanges::check(const BulkWish &wish)
{
    if (!needsRole(wish.act))
        return {};
    if (const auto fault = rolesFault(u"roles"_s, {wish.role}))
        return std::unexpected(unacceptable({*fault}));
    return {};
}

Result<QList<Id>> BulkChanges::apply(const QList<Id> &piece, const BulkWish &wish, const QString &actor, TimePoint now)
{
    return m_database.write([&](Transaction &transaction) -> Result<QList<Id>> {
        QList<Id> changed;
        for (const Id &user : piece) {
            const auto done = applyTo(transaction, user, wish, actor, now);
            if (!done)
                return refused(done);
            if (*done)
                changed += user;
        }
        return changed;
    });
}

Result<bool> BulkChanges::applyTo(Transaction &transaction, Id user, const BulkWish &wish, const QString &actor, TimePoint now)
{
    const auto found = m_accounts.findWithin(transaction, user);
    if (!found && found.error().code == ErrorCode::NotFound)
        return false;
    if (!found)
        return refused(found);
    if (found->deletedAt)
        return false;
    const bool isDisable = wish.act == AccountAct::Disable;
    constexpr auto toTrue = [] { return true; };
    switch (wish.act) {
    case AccountAct::Disable:
    case AccountAct::Enable:
        if (found->disabled == isDisable)
            return false;
        return m_changes.setDisabledWithin(transaction, user, isDisable, actor, now).transform(toTrue);
    case AccountAct::EndSessions: return m_sessions.endAll(transaction, user, SessionEnd::Admin, actor, now).transform(toTrue);
    case AccountAct::AddRole:
    case AccountAct::RemoveRole:  return setRole(transaction, user, wish, actor, now);
    }
    Q_UNREACHABLE_RETURN(false);
}

/// What the rules refuse was refused before anything was written.
Result<bool> BulkChanges::setRole(Transaction &transaction, Id user, const BulkWish &wish, const QString &actor, TimePoint now)
{
    const bool isAdded = wish.act == AccountAct::AddRole;
    const auto before = m_accounts.findWithin(transaction, user);
    if (!before)
        return refused(before);
    if (before->roles.contains(wish.role) == isAdded)
        return false;
    AccountEdit edit;
    (isAdded ? edit.addRoles : edit.removeRoles) = {wish.role};
    const auto after = m_accounts.editWithin(transaction, user, edit, actor, now);
    if (!after && after.error().code == ErrorCode::InvalidInput)
        return false;
    if (!after)
        return refused(after);
    return true;
}

} // namespace warder
