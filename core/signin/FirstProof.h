#pragma once

#include "core/accounts/User.h"
#include "core/base/Result.h"
#include "core/credentials/Passwords.h"
#include "core/sessions/Sessions.h"

#include <QJsonObject>

#include <functional>

namespace warder {

class Transaction;

/// What somebody has shown first, of which nobody knows yet whether it is enough: a password, a link of a mail, an account elsewhere.
struct FirstProof
{
    User user;
    SignInMethod method;
    std::optional<ProvenPassword> password = {}; ///< If it was one: it must still be the account's.
    bool provesEmail = false;                    ///< It shows, too, that the account's address is theirs.
    QJsonObject details = {};                    ///< Of the audit event.
    /// Spends it, in the transaction that opens the session or makes the ticket for the second step; an Error undoes both. May be empty.
    std::function<Result<void>(Transaction &)> spend = {};
};

/// What a browser or app brings along beside its credentials.
struct SignInBaggage
{
    QList<Id> former = {};  ///< Sessions of the same browser or app, whosever they are; they end in the transaction that opens the new one.
    QByteArray device = {}; ///< The secret of a trusted browser (TrustedDevices), or nothing.
};

} // namespace warder
