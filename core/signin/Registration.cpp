#include "core/signin/Registration.h"

#include "core/accounts/AccountFaults.h"
#include "core/accounts/Accounts.h"
#include "core/base/Device.h"
#include "core/credentials/BreachCheck.h"
#include "core/crypto/PasswordHasher.h"
#include "core/signin/AccountMails.h"
#include "core/signin/PendingSignIns.h"
#include "core/signin/SignIn.h"
#include "core/signin/SignInAddresses.h"
#include "core/signin/SignInDevices.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

// Members of a private registration's sealed data.
constexpr auto wantedAddress = "email"_L1;
constexpr auto wantedName = "name"_L1;
constexpr auto hashOfPassword = "password_hash"_L1;

} // namespace

Registration::Registration(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions, BreachCheck &breaches,
                           PendingSignIns &pending, AccountMails &mails, RegistrationPolicy policy, SignInPolicy signInPolicy)
    : m_database(database), m_accounts(accounts), m_passwords(passwords), m_sessions(sessions), m_breaches(breaches), m_pending(pending),
      m_mails(mails), m_policy(policy), m_signInPolicy(signInPolicy)
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

Result<QString> Registration::hashOf(const QString &password) const { return m_passwords.hash(password); }

Result<QString> Registration::hashFor(const NewAccount &given) const
{
    if (const auto faults = faultsOf(given); !faults.isEmpty())
        return std::unexpected(unacceptable(faults));
    return given.passwordHash.isEmpty() ? m_passwords.hash(given.password) : Result<QString>(given.passwordHash);
}

Result<User> Registration::insert(Transaction &transaction, const NewAccount &given, const QString &hash, const QString &actor,
                                  TimePoint now, const QString &language)
{
    const User wanted {.email = given.email,
                       .name = given.name,
                       .roles = given.roles,
                       .language = language,
                       .passwordScheme = PasswordHasher::schemeOf(hash)};
    return m_accounts.insert(transaction, wanted, actor, now).and_then([&](const User &user) {
        return m_passwords.insert(transaction, user.id, hash, now).transform([&user] { return user; });
    });
}

Result<User> Registration::create(const NewAccount &given, const QString &actor, TimePoint now)
{
    const auto hash = hashFor(given);
    if (!hash)
        return refused(hash);
    const auto breached = given.passwordHash.isEmpty() ? m_breaches.faultOf(u"password"_s, given.password, now) : std::optional<Fault>();
    if (breached)
        return std::unexpected(unacceptable({*breached}));
    return m_database.write([&](Transaction &transaction) { return insert(transaction, given, *hash, actor, now); });
}

Result<SignInOutcome> Registration::signUp(const NewAccount &given, const Client &client, TimePoint now, const QList<Id> &former)
{
    if (!m_policy.isOpen)
        return refused(ErrorCode::RegistrationClosed, u"accounts.registration is closed"_s);
    const auto hash = hashFor(given);
    if (!hash)
        return refused(hash);
    Session session;
    User user;
    const auto missing = m_pending.missingOf(user, now); // nobody yet: what the settings demand of somebody without a role
    if (!missing)
        return refused(missing);
    const bool isEnough = !missing->isMissing && !m_signInPolicy.requiresVerifiedEmail;
    const auto done = m_database.write([&](Transaction &transaction) -> Result<void> {
        const auto made = insert(transaction, given, *hash, u"user"_s, now, client.language);
        if (!made)
            return refused(made);
        user = *made;
        const auto welcomed = welcome(transaction, user, client, now);
        if (!welcomed || !isEnough)
            return welcomed;
        session = m_sessions.prepare(user, client, passwordMethod, now);
        return m_accounts.noteSignIn(transaction, user.id, client.language, now).and_then([&] {
            return m_sessions.open(transaction, user, session, former, now);
        });
    });
    if (!done)
        return refused(done);
    if (isEnough)
        return SignedIn {.tokens = m_sessions.pairFor(user, session, now)};
    if (m_signInPolicy.requiresVerifiedEmail)
        return refused(ErrorCode::EmailNotVerified, u"the account is there, and its address is not verified"_s);
    const ProvenPassword password {.user = user.id, .setAt = now, .hash = *hash};
    return m_pending.begin({.user = user, .method = passwordMethod, .password = password}, *missing, former, now);
}

/// Where somebody registers is theirs, and what they have to do next comes by mail.
Result<void> Registration::welcome(Transaction &transaction, const User &user, const Client &client, TimePoint now)
{
    return SignInAddresses::note(transaction, user.id, client.address, now)
        .and_then([&] { return SignInDevices::note(transaction, user.id, deviceOf(client.userAgent), now); })
        .and_then([&] { return m_mails.sendLink(transaction, user, {.kind = MailKind::VerifyEmail}, now); });
}

Result<void> Registration::askPrivately(const NewAccount &given, const Client &client, TimePoint now)
{
    if (!m_policy.isOpen)
        return refused(ErrorCode::RegistrationClosed, u"accounts.registration is closed"_s);
    if (const auto on = m_mails.check(); !on)
        return on;
    const auto hash = hashFor(given);
    if (!hash)
        return refused(hash);
    return m_mails.ask(MailRequestKind::PrivateRegistration, given.email, client, now,
                       {{wantedAddress, given.email}, {wantedName, given.name}, {hashOfPassword, *hash}});
}

Result<User> Registration::admit(Transaction &transaction, const QJsonObject &data, const QString &language, TimePoint now)
{
    const NewAccount given {.email = data[wantedAddress].toString(), .password = {}, .name = data[wantedName].toString()};
    return insert(transaction, given, data[hashOfPassword].toString(), u"user"_s, now, language);
}

} // namespace warder
