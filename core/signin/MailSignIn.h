#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/credentials/Challenge.h"
#include "core/mail/Mail.h"
#include "core/sessions/Client.h"
#include "core/sessions/Sessions.h"
#include "core/signin/FirstProof.h"
#include "core/signin/SignInOutcome.h"
#include "core/signin/SignInPolicy.h"

namespace warder {

class AccountMails;
class Accounts;
class Challenges;
class Database;
class FactorThrottle;
class FirstStep;
class Transaction;
struct MailRequest;

/// How `sessions` remember a sign-in by a link or a code of a mail.
inline const SignInMethod mailMethod {.name = QStringLiteral("email"), .amr = {QStringLiteral("email")}};

/// What the browser that asked keeps, to sign in by the six digits.
struct MailSignInTicket
{
    QByteArray loginToken; ///< 43 characters: a secret, worth nothing without the digits.
    Seconds life {0};
};

/// People sign in by a mail: by its link, in any browser, or by its six digits, in the browser that asked. Both are one challenge, good
/// once for ten minutes; five codes of it are looked at. It is a first proof, behind which a second factor is asked for, and proves the
/// address. The first proof of it puts out whoever was in the account before: sessions, the password and all that forgetUnproven() takes
/// go.
///
/// Nobody can tell which addresses have an account. A sign-in has its challenge before anybody looked whose it is, belongs to nobody until
/// the mail thread finds out (mailFor()), is counted as any other, and stays until it is over even when it was used. Its digits are right
/// only once it belongs to somebody, who then has the mail.
///
/// The link's token is 32 random bytes; what the browser keeps is a hash of it, from which nobody finds the link, and the challenge is
/// known by the hash of that. Functions wait for the writer; any lane. NotConfigured where mails go nowhere, or nobody signs in by mail.
class MailSignIn final
{
public:
    MailSignIn(Database &database, Accounts &accounts, Sessions &sessions, Challenges &challenges, AccountMails &mails,
               FirstStep &firstStep, FactorThrottle &throttle, SignInPolicy policy);

    /// The same for known and unknown addresses. InvalidInput with a fault at `email`.
    Result<MailSignInTicket> begin(const QString &email, const Client &client, TimePoint now);

    /// By the link. InvalidLink.
    Result<SignInOutcome> byLink(QByteArrayView token, const Client &client, TimePoint now, const SignInBaggage &baggage = {});
    /// By the digits. InvalidInput with a fault at `code` for wrong ones; InvalidLink where the sign-in is over, or was tried too often;
    /// LimitReached when the address's digits are being guessed.
    Result<SignInOutcome> byCode(QByteArrayView loginToken, QStringView code, const Client &client, TimePoint now,
                                 const SignInBaggage &baggage = {});

    /// The mail of a request that begin() made: nothing where the account is disabled or not there, or the sign-in is over. On the writer;
    /// see MailRequests::mailFor().
    static Result<std::optional<Mail>> mailFor(Transaction &transaction, const std::optional<User> &user, const MailRequest &request,
                                               TimePoint now);

private:
    Result<void> check() const;
    Result<SignInOutcome> look(const QByteArray &id, QStringView code, const Client &client, TimePoint now, const SignInBaggage &baggage);
    Result<SignInOutcome> finish(const Challenge &link, const Client &client, TimePoint now, const SignInBaggage &baggage);
    Result<User> prove(Transaction &transaction, const Challenge &link, TimePoint now);
    Result<void> evict(Transaction &transaction, Id user, TimePoint now);
    void recordFailure(const Challenge &link, const Client &client, TimePoint now);

    Database &m_database;
    Accounts &m_accounts;
    Sessions &m_sessions;
    Challenges &m_challenges;
    AccountMails &m_mails;
    FirstStep &m_firstStep;
    FactorThrottle &m_throttle;
    const SignInPolicy m_policy;
};

} // namespace warder
