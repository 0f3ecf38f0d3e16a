#include "core/signin/SignIn.h"

#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/signin/SignInAddresses.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"

using namespace Qt::StringLiterals;

namespace warder {

SignIn::SignIn(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions)
    : m_database(database), m_accounts(accounts), m_passwords(passwords), m_sessions(sessions)
{}

Result<TokenPair> SignIn::byPassword(const Credentials &given, const Client &client, TimePoint now, const QList<Id> &former)
{
    const auto proven = check(given);
    if (!proven) {
        if (proven.error().code == ErrorCode::InvalidCredentials || proven.error().code == ErrorCode::AccountDisabled)
            recordFailure(given, client, now);
        return refused(proven);
    }
    m_passwords.improve(proven->password, given.password);
    return open(*proven, client, now, former);
}

Result<SignIn::Proven> SignIn::check(const Credentials &given) const
{
    const auto user = m_accounts.findByEmail(given.email);
    if (!user)
        return refused(user);
    if (!*user) {
        m_passwords.checkNobody(given.password);
        return refused(ErrorCode::InvalidCredentials, u"unknown account"_s);
    }
    const auto right = m_passwords.check((*user)->id, given.password);
    if (!right)
        return refused(right);
    if ((*user)->disabled)
        return refused(ErrorCode::AccountDisabled, u"account disabled"_s);
    return Proven {.user = **user, .password = *right};
}

/// What was proven a moment ago must still be true when the session is stored.
Result<TokenPair> SignIn::open(const Proven &proven, const Client &client, TimePoint now, const QList<Id> &former)
{
    const User &user = proven.user;
    const Session session = m_sessions.prepare(user, client, passwordMethod, now);
    const AuditEvent event {.at = now,
                            .type = audit::loginSucceeded,
                            .actor = u"user"_s,
                            .subject = user.id,
                            .session = session.id,
                            .address = session.address};
    const auto done = m_database.write([&](Transaction &transaction) {
        return m_passwords.noteUse(transaction, proven.password, now)
            .and_then([&] { return m_accounts.noteSignIn(transaction, user.id, now); })
            .and_then([&] { return SignInAddresses::note(transaction, user.id, client.address, now); })
            .and_then([&] { return AuditStore::append(transaction, event); })
            .and_then([&] { return m_sessions.open(transaction, user, session, former, now); });
    });
    if (!done)
        return refused(done);
    return m_sessions.pairFor(user, session, now);
}

void SignIn::recordFailure(const Credentials &given, const Client &client, TimePoint now)
{
    const AuditEvent event {.at = now,
                            .type = audit::loginFailed,
                            .actor = u"user"_s,
                            .address = client.address.toString(),
                            .details = {{u"email"_s, given.email.left(254)}}};
    const auto written = m_database.write([&](Transaction &transaction) { return AuditStore::append(transaction, event); });
    if (!written) // whoever failed to sign in is told so all the same
        log(LogLevel::Warning, "audit_failed"_L1, {{"type"_L1, event.type}, {"why"_L1, written.error().detail}});
}

} // namespace warder
