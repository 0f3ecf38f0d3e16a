#include "core/signin/AccountChanges.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/BreachCheck.h"
#include "core/credentials/Challenges.h"
#include "core/signin/AccountMails.h"
#include "core/signin/Proofs.h"
#include "core/signin/SignIn.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

AccountChanges::AccountChanges(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions, BreachCheck &breaches,
                               AccountMails &mails)
    : m_database(database), m_accounts(accounts), m_passwords(passwords), m_sessions(sessions), m_breaches(breaches), m_mails(mails)
{}

Result<void> AccountChanges::changePassword(Id user, QStringView current, QStringView next, Id keep, TimePoint now)
{
    const auto hash = m_passwords.hashFor(u"new_password"_s, next.toString(), user);
    if (!hash)
        return refused(hash);
    const auto right = m_passwords.check(user, current);
    if (!right)
        return refused(right);
    if (right->mustChange && m_passwords.check(user, next))
        return std::unexpected(unacceptable({valueFault(u"new_password"_s, FaultReason::PasswordUnchanged)}));
    return storePassword(user, {.hash = *hash}, u"user"_s, keep, *right, now);
}

/// A deleted account is to be restored first.
Result<User> AccountChanges::findPresent(Transaction &transaction, Id user) const
{
    const auto found = m_accounts.findWithin(transaction, user);
    if (found && found->deletedAt)
        return refused(ErrorCode::Conflict, u"the account is deleted: restore it first"_s);
    return found;
}

Result<void> AccountChanges::setPassword(Id user, QStringView next, const QString &actor, TimePoint now, NextPassword kind)
{
    const auto hash = m_passwords.hashFor(u"password"_s, next.toString(), user);
    if (!hash)
        return refused(hash);
    if (const auto breached = m_breaches.faultOf(u"password"_s, next.toString(), now))
        return std::unexpected(unacceptable({*breached}));
    return storePassword(user, {.hash = *hash, .kind = kind}, actor, std::nullopt, std::nullopt, now);
}

Result<void> AccountChanges::storePassword(Id user, const NewHash &next, const QString &actor, std::optional<Id> keep,
                                           const std::optional<ProvenPassword> &proven, TimePoint now)
{
    const bool mustChange = next.kind == NextPassword::MustChange;
    AuditEvent event {.at = now, .type = audit::passwordChanged, .actor = actor, .subject = user};
    if (mustChange)
        event.details.insert("must_change"_L1, true);
    return m_database.write([&](Transaction &transaction) {
        return (proven ? m_passwords.noteUse(transaction, *proven, now) : Result<void>())
            .and_then([&] { return findPresent(transaction, user); })
            .transform([](const User &) {})
            .and_then([&] { return keep ? m_sessions.prove(transaction, *keep, passwordMethod.amr, now) : Result<void>(); })
            .and_then([&] { return m_passwords.set(transaction, user, next.hash, now, mustChange); })
            .and_then([&] { return forgetProofs(transaction, user); })
            .and_then([&] { return AuditStore::append(transaction, event); })
            .and_then([&] { return m_sessions.endAll(transaction, user, SessionEnd::PasswordChanged, actor, now, keep); })
            .and_then([&] { return m_accounts.findWithin(transaction, user); })
            .and_then([&](const User &owner) { return m_mails.notify(transaction, owner, MailKind::PasswordChanged, now); });
    });
}

Result<void> AccountChanges::setDisabled(Id user, bool disabled, const QString &actor, TimePoint now, std::optional<qint64> seen)
{
    return m_database.write([&](Transaction &transaction) {
        return m_sessions.checkNumber(transaction, user, disabled ? seen : std::nullopt, now).and_then([&] {
            return setDisabledWithin(transaction, user, disabled, actor, now);
        });
    });
}

Result<void> AccountChanges::setDisabledWithin(Transaction &transaction, Id user, bool disabled, const QString &actor, TimePoint now)
{
    const AuditEvent event {.at = now, .type = disabled ? audit::userDisabled : audit::userEnabled, .actor = actor, .subject = user};
    const auto endSessions = [&] { return m_sessions.endAll(transaction, user, SessionEnd::AccountDisabled, actor, now); };
    return findPresent(transaction, user)
        .and_then([&](const User &) { return m_accounts.setDisabled(transaction, user, disabled, now); })
        .and_then([&] { return forgetProofs(transaction, user); })
        .and_then([&] { return AuditStore::append(transaction, event); })
        .and_then([&] { return disabled ? endSessions() : Result<void>(); });
}

Result<void> AccountChanges::remove(Id user, const QString &actor, TimePoint now)
{
    return m_database.write([&](Transaction &transaction) { return removeWithin(transaction, user, actor, now); });
}

Result<void> AccountChanges::removeWithin(Transaction &transaction, Id user, const QString &actor, TimePoint now)
{
    const AuditEvent event {.at = now, .type = audit::userRemoved, .actor = actor, .subject = user};
    return m_sessions.endAll(transaction, user, SessionEnd::AccountRemoved, actor, now)
        .and_then([&] { return m_accounts.remove(transaction, user); })
        .and_then([&] { return AuditStore::append(transaction, event); });
}

Result<User> AccountChanges::edit(Id user, const AccountEdit &edit, const QString &actor, TimePoint now)
{
    if (const auto faults = Accounts::faultsOf(edit); !faults.isEmpty())
        return std::unexpected(unacceptable(faults));
    return m_database.write([&](Transaction &transaction) -> Result<User> {
        const auto before = findPresent(transaction, user);
        if (!before)
            return before;
        const auto after = m_accounts.editWithin(transaction, user, edit, actor, now);
        if (!after || after->email == before->email)
            return after;
        const QJsonObject addresses {{u"old_email"_s, before->email}, {u"new_email"_s, after->email}};
        return Challenges::removeAll(transaction, user)
            .and_then([&] { return m_mails.notify(transaction, *after, MailKind::EmailChanged, now, addresses, before->email); })
            .transform([&] { return *after; });
    });
}

Result<void> AccountChanges::removeOwn(Id user, QStringView password, TimePoint now)
{
    return m_passwords.check(user, password).and_then([&](const ProvenPassword &proven) {
        return m_database.write([&](Transaction &transaction) {
            return m_passwords.noteUse(transaction, proven, now).and_then([&] { return removeWithin(transaction, user, u"user"_s, now); });
        });
    });
}

} // namespace warder
