#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/mail/Mail.h"
#include "core/mail/MailKind.h"
#include "core/mail/MailRequest.h"

namespace warder {

class Challenges;
class Outbox;
class Transaction;
struct Client;

/// A mail to an account whose link does something there.
struct LinkMail
{
    MailKind kind = MailKind::VerifyEmail;
    QString to = {};         ///< Empty: the account's address.
    QString language = {};   ///< Empty: the account's.
    QJsonObject values = {}; ///< As Mail::values.
    QJsonObject data = {};   ///< What whoever spends the link must know (Challenge::data), beside `email`: where it was sent.
    bool isOwners = false;   ///< As Mail::isOwners.
};

/// What accounts are written: links, whose challenges are made here and spent by MailLinks' callers, and notices. In the transaction of the
/// cause, so that who has the one has the other. A disabled account is written nothing, and where mails go nowhere no link is made; both
/// are no refusals. Joins the caller's job on the writer, unless a function says otherwise.
class AccountMails final
{
public:
    static constexpr auto verifyLife = std::chrono::hours {24};
    static constexpr auto resetLife = std::chrono::hours {1};
    static constexpr auto signInLife = std::chrono::minutes {10};
    static constexpr auto changeLife = std::chrono::hours {1}; ///< To agree to a change of the address.
    static constexpr auto reportLife = std::chrono::days {7};  ///< To say "this wasn't me".
    static constexpr auto invitationLife = std::chrono::days {7};

    AccountMails(Outbox &outbox, Challenges &challenges) : m_outbox(outbox), m_challenges(challenges) {}

    /// NotConfigured where mails go nowhere. Any thread.
    Result<void> check() const;

    /// The wish of somebody whom nobody knows, by an address: looked up later, on the mail thread, so that it costs the same for every
    /// address. NotConfigured; InvalidInput with a fault at `email` for what is no address. Waits for the writer; any lane.
    Result<void> ask(MailRequestKind kind, const QString &email, const Client &client, TimePoint now, const QJsonObject &data = {});

    /// Makes the link of a mail that the caller queues; nothing for a disabled account. The kinds that have one: VerifyEmail,
    /// ResetPassword, AccountExists, EmailChangeNotice, EmailChangeConfirm, NewDevice, Invitation.
    Result<std::optional<Mail>> withLink(Transaction &transaction, const User &user, const LinkMail &wanted, TimePoint now);
    /// The same, queued.
    Result<void> sendLink(Transaction &transaction, const User &user, const LinkMail &wanted, TimePoint now);

    /// Something happened to the account. `to`: another address than the account's.
    Result<void> notify(Transaction &transaction, const User &user, MailKind kind, TimePoint now, const QJsonObject &values = {},
                        const QString &to = {});

private:
    Outbox &m_outbox;
    Challenges &m_challenges;
};

} // namespace warder
