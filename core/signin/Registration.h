#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/config/Settings.h"
#include "core/credentials/Passwords.h"
#include "core/sessions/Client.h"
#include "core/sessions/Sessions.h"

namespace warder {

/// Who may add accounts.
struct RegistrationPolicy
{
    bool isOpen = true; ///< Whether people may register themselves.

    static RegistrationPolicy from(const Settings &settings) { return {.isOpen = settings.get<"accounts.registration">() == u"open"}; }
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
    Registration(Database &database, Accounts &accounts, Passwords &passwords, Sessions &sessions, RegistrationPolicy policy);

    /// Every fault of what was given at once, with locations ["body", field]: e-mail form; the password's length, characters
    /// and how easily it is guessed; name; roles. The password itself is in no fault. Not on an HTTP thread: guessing takes a moment.
    QList<Fault> faultsOf(const NewAccount &given) const;

    /// Somebody registers: the account and its first session, in one transaction. RegistrationClosed, EmailTaken, InvalidInput.
    /// `former`: see SignIn::byPassword().
    Result<TokenPair> signUp(const NewAccount &given, const Client &client, TimePoint now, const QList<Id> &former = {});

    /// An admin adds an account, also where registration is closed. EmailTaken, InvalidInput.
    Result<User> create(const NewAccount &given, const QString &actor, TimePoint now);

private:
    Result<QString> hashFor(const NewAccount &given) const;
    Result<User> insert(Transaction &transaction, const NewAccount &given, const QString &hash, const QString &actor, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Passwords &m_passwords;
    Sessions &m_sessions;
    const RegistrationPolicy m_policy;
};

} // namespace warder
