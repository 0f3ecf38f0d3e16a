#include "core/signin/Registration.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/crypto/PasswordHasher.h"
#include "core/signin/SignIn.h"
#include "core/signin/SignInAddresses.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

Registration::Registration(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions, RegistrationPolicy policy)
    : m_database(database), m_accounts(accounts), m_passwords(passwords), m_sessions(sessions), m_policy(policy)
{}

QList<Fault> Registration::faultsOf(const NewAccount &given) const
{
    const bool isForeign = !given.passwordHash.isEmpty();
    std::optional<Fault> ofPassword;
    if (!isForeign)
        ofPassword = m_passwords.faultOf(u"password"_s, given.password, given.email, given.name);
    else if (!PasswordHasher::isSupported(given.passwordHash))
        ofPassword = valueFault(u"password_hash"_s, FaultReason::PasswordHashUnknown);
    QList<Fault> faults;
    for (const auto &fault :
         {emailFault(u"email"_s, given.email), ofPassword, nameFault(u"name"_s, given.name), rolesFault(u"roles"_s, given.roles)}) {
        if (fault)
            faults += *fault;
    }
    return faults;
}

Result<QString> Registration::hashFor(const NewAccount &given) const
{
    if (const auto faults = faultsOf(given); !faults.isEmpty())
        return std::unexpected(unacceptable(faults));
    return given.passwordHash.isEmpty() ? m_passwords.hash(u"password"_s, given.password) : Result<QString>(given.passwordHash);
}

Result<User> Registration::insert(Transaction &transaction, const NewAccount &given, const QString &hash, const QString &actor,
                                  TimePoint now)
{
    const User wanted {.email = given.email, .name = given.name, .roles = given.roles, .passwordScheme = PasswordHasher::schemeOf(hash)};
    return m_accounts.insert(transaction, wanted, actor, now).and_then([&](const User &user) {
        return m_passwords.insert(transaction, user.id, hash, now).transform([&user] { return user; });
    });
}

Result<User> Registration::create(const NewAccount &given, const QString &actor, TimePoint now)
{
    const auto hash = hashFor(given);
    if (!hash)
        return refused(hash);
    return m_database.write([&](Transaction &transaction) { return insert(transaction, given, *hash, actor, now); });
}

Result<TokenPair> Registration::signUp(const NewAccount &given, const Client &client, TimePoint now, const QList<Id> &former)
{
    if (!m_policy.isOpen)
        return refused(ErrorCode::RegistrationClosed, u"accounts.registration is closed"_s);
    const auto hash = hashFor(given);
    if (!hash)
        return refused(hash);
    Session session;
    User user;
    const auto done = m_database.write([&](Transaction &transaction) -> Result<void> {
        const auto made = insert(transaction, given, *hash, u"user"_s, now);
        if (!made)
            return refused(made);
        user = *made;
        session = m_sessions.prepare(user, client, passwordMethod, now);
        return m_accounts.noteSignIn(transaction, user.id, now)
            .and_then([&] { return SignInAddresses::note(transaction, user.id, client.address, now); })
            .and_then([&] { return m_sessions.open(transaction, user, session, former, now); });
    });
    if (!done)
        return refused(done);
    return m_sessions.pairFor(user, session, now);
}

} // namespace warder
