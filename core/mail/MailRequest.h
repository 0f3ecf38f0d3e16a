#pragma once

#include "core/base/Clock.h"
#include "core/base/EnumNames.h"
#include "core/base/Result.h"
#include "core/mail/Mail.h"

#include <QJsonObject>

#include <optional>

namespace warder {

class Transaction;

/// What somebody whom nobody knows asked for by an address. Stored by name.
enum class MailRequestKind {
    VerifyAddress,       ///< POST /request-verify-token
    ForgotPassword,      ///< POST /forgot-password
    SignInLink,          ///< POST /login/email
    PrivateRegistration, ///< POST /register where `accounts.registration_answer` is private
};

template <>
inline constexpr std::array namesOf<MailRequestKind> {"verify_address"_L1, "forgot_password"_L1, "sign_in_link"_L1,
                                                      "private_registration"_L1};

/// The wish for a mail, before anybody looked whether there is such an account: the same row and the same work for each address, so that
/// no answer and no duration tells which ones are known.
struct MailRequest
{
    MailRequestKind kind = MailRequestKind::ForgotPassword;
    QString address = {};   ///< As typed, trimmed, NFC; at most 254 bytes of UTF-8, else it is dropped.
    QString language = {};  ///< As Mail::language.
    QJsonObject data = {};  ///< What the answer must know beside it; sealed, and gone once it is answered. At most 8 KiB as JSON.
    TimePoint askedAt = {}; ///< Outbox::ask() sets it to its `now`; the mail thread may come to it later.
};

/// Looks up for whom a request is, and what to write. Implemented where accounts are known (core/signin).
class MailRequests
{
public:
    virtual ~MailRequests() = default;

    /// On the writer, in the transaction that ends the request and queues the mail: makes the challenge that the mail's link spends.
    /// Nothing where there is nobody to write to, or they may not be written to. An Error undoes all of it, and the request is tried again
    /// later. Reads through `transaction`, writes nothing in a job of its own, waits for nobody. The mail thread holds the sealing keys
    /// (SealingKeys::hold()) around it, so what it seals with a Sealer misses no rotation.
    /// Not called where the address has had its most mails: then nothing of an earlier mail is disturbed.
    virtual Result<std::optional<Mail>> mailFor(Transaction &transaction, const MailRequest &request, TimePoint now) = 0;
};

} // namespace warder
