#pragma once

#include "core/base/Result.h"
#include "core/sessions/Sessions.h"

#include <variant>

namespace warder {

/// Somebody is signed in: what they are given, the secrets among it once and never again.
struct SignedIn
{
    TokenPair tokens;
    QByteArray device = {};                       ///< The next secret of a browser that is trusted (TrustedDevices); empty: it is not.
    std::optional<qint64> recoveryCodesLeft = {}; ///< If one was spent just now.
    QStringList recoveryCodes = {};               ///< New ones, if a first second factor was set up just now.
};

/// The password was right, and a second factor is still to come. Nothing is open yet.
struct FactorNeeded
{
    QByteArray ticket;   ///< For PendingSignIns, 43 characters: a secret.
    QStringList methods; ///< "totp", "passkey", "recovery_code": those that the account has.
    bool enrol = false;  ///< It has none and must: one is set up first, with this ticket.
    Seconds life {0};    ///< For so long the ticket is good.
};

/// The password was right, and its owner has to choose another one before it signs in (PasswordReset). Nothing is open.
struct PasswordChangeNeeded
{
    QByteArray ticket; ///< For PasswordReset::finish(), 43 characters: a secret.
    Seconds life {0};  ///< For so long the ticket is good.
};

/// What comes of a right password.
using SignInOutcome = std::variant<SignedIn, FactorNeeded, PasswordChangeNeeded>;

/// Whether a proof was right and yet nobody is signed in.
template <typename T>
bool isUnfinished(const Result<T> &)
{
    return false;
}
inline bool isUnfinished(const Result<SignInOutcome> &outcome) { return outcome && !std::holds_alternative<SignedIn>(*outcome); }

} // namespace warder
