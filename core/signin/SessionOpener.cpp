#include "core/signin/SessionOpener.h"

#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/signin/NewDevices.h"
#include "core/signin/SignInAddresses.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

SessionOpener::SessionOpener(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions, NewDevices &devices,
                             SignInPolicy policy)
    : m_database(database), m_accounts(accounts), m_passwords(passwords), m_sessions(sessions), m_devices(devices), m_policy(policy)
{}

Result<TokenPair> SessionOpener::open(const ProvenSignIn &proven, const Client &client, const QList<Id> &former, TimePoint now)
{
    const User &user = proven.user;
    if (m_policy.requiresVerifiedEmail && !user.emailVerified && !proven.provesEmail)
        return refused(ErrorCode::EmailNotVerified, u"accounts.require_verified_email, and the address is not verified"_s);
    const Session session = m_sessions.prepare(user, client, proven.method, now);
    const AuditEvent event {.at = now,
                            .type = audit::loginSucceeded,
                            .actor = u"user"_s,
                            .subject = user.id,
                            .session = session.id,
                            .address = session.address,
                            .details = proven.details};
    const auto done = m_database.write([&](Transaction &transaction) {
        return (proven.password ? m_passwords.noteUse(transaction, *proven.password, now) : Result<void>())
            .and_then([&] { return m_accounts.noteSignIn(transaction, user.id, client.language, now); })
            .and_then([&] { return m_devices.note(transaction, user, session.id, client, proven.isTrustedBrowser, now); })
            .and_then([&] { return SignInAddresses::note(transaction, user.id, client.address, now); })
            .and_then([&] { return proven.also ? proven.also(transaction) : Result<void>(); })
            .and_then([&] { return AuditStore::append(transaction, event); })
            .and_then([&] { return m_sessions.open(transaction, user, session, former, now); });
    });
    if (!done)
        return refused(done);
    return m_sessions.pairFor(user, session, now);
}

} // namespace warder
