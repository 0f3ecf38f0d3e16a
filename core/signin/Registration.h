#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/config/Settings.h"
#include "core/credentials/Passwords.h"
#include "core/sessions/Client.h"
#include "core/sessions/Sessions.h"
#include "core/signin/SignInOutcome.h"
#include "core/signin/SignInPolicy.h"

#include <QJsonObject>

namespace warder {

class AccountMails;
class BreachCheck;
class PendingSignIns;

/// Who may add accounts.
struct RegistrationPolicy
{
    bool isOpen = true;     ///< Whether people may register themselves.
    bool isPrivate = false; ///< Whether the answer is always the same, and a mail says the rest.

    static RegistrationPolicy from(const Settings &settings)
    {
        return {.isOpen = settings.get<"accounts.registration">() == u"open",
                .isPrivate = settings.get<"accounts.registration_answer">() == u"private"};
    }
};

struct NewAccount
{
    QString email;
    QString password; ///< Empty only with `passwordHash`.
    QString name = {};
    QStringList roles = {};
    QString passwordHash = {}; ///< An imported hash of a supported format, for people who come from elsewhere.
};

/// New accounts, each with a password. A hashing lane's work; waits for the writer.
class Registration final
{
public:
    Registration(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions, BreachCheck &breaches,
                 PendingSignIns &pending, AccountMails &mails, RegistrationPolicy policy, SignInPolicy signInPolicy);

    bool isOpen() const { return m_policy.isOpen; }
    bool isPrivate() const { return m_policy.isPrivate; }
    /// Whether anybody may learn by registering whether an address has an account.
    bool tellsWhoIsThere() const { return m_policy.isOpen && !m_policy.isPrivate; }

    /// Every fault of what was given at once, with locations ["body", field]: e-mail form; the password's length, characters
    /// and how easily it is guessed; name; roles. The password itself is in no fault. Not on an HTTP thread: guessing takes a moment.
    QList<Fault> faultsOf(const NewAccount &given) const;
    /// The hash of a password that has no fault, which it does not look for again.
    Result<QString> hashOf(const QString &password) const;

    /// Somebody registers: the account and its first session, in one transaction, with a mail to verify the address. Where the settings
    /// demand a second factor of everybody, the account alone, and a ticket to set one up with; where they want a verified address,
    /// EmailNotVerified, and the account is there all the same. RegistrationClosed, EmailTaken, InvalidInput. Whoever calls has asked
    /// the breach check: here it would hold a seat of the hashing lane while another server is silent. `former`: see SignInBaggage.
    Result<SignInOutcome> signUp(const NewAccount &given, const Client &client, TimePoint now, const QList<Id> &former = {});

    /// Somebody registers where nobody shall learn which addresses have an account: the same work and the same success whether or not this
    /// one has. The mail thread then adds the account (admit()), or writes to its owner. RegistrationClosed, NotConfigured where mails go
    /// nowhere, InvalidInput; the breach check as above.
    Result<void> askPrivately(const NewAccount &given, const Client &client, TimePoint now);
    /// What askPrivately() asked for, unless the address has an account: then EmailTaken. `data`: of its request. Joins the caller's job.
    Result<User> admit(Transaction &transaction, const QJsonObject &data, const QString &language, TimePoint now);

    /// An admin adds an account, also where registration is closed. EmailTaken, InvalidInput. May wait for the breach check, but not for an
    /// imported hash.
    Result<User> create(const NewAccount &given, const QString &actor, TimePoint now);

private:
    Result<QString> hashFor(const NewAccount &given) const;
    Result<User> insert(Transaction &transaction, const NewAccount &given, const QString &hash, const QString &actor, TimePoint now,
                        const QString &language = {});
    Result<void> welcome(Transaction &transaction, const User &user, const Client &client, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Passwords &m_passwords;
    Sessions &m_sessions;
    BreachCheck &m_breaches;
    PendingSignIns &m_pending;
    AccountMails &m_mails;
    const RegistrationPolicy m_policy;
    const SignInPolicy m_signInPolicy;
};

} // namespace warder
