#pragma once

#include "core/base/Clock.h"
#include "core/base/EnumNames.h"
#include "core/base/Id.h"

#include <QJsonObject>

namespace warder {

/// What something that is good once is for. Stored by name.
enum class ChallengePurpose {
    SecondFactor,        ///< The ticket of a sign-in whose password was right.
    PasskeyLogin,        ///< Somebody nobody knows yet signs in by passkey.
    PasskeyRegistration, ///< A passkey is added.
    Reauthentication,    ///< The owner of a session proves by passkey that it is still them.
    PasskeySecondFactor, ///< A passkey finishes a sign-in whose password was right.
    Provider,            ///< Somebody was sent to a provider, and comes back from there.
    PasswordChange,      ///< A right password that somebody else had chosen: its owner chooses another one.
    // Links of mails, and nothing else from here on:
    VerifyEmail,
    ResetPassword,
    SignInLink,     ///< And six digits for the browser that asked.
    EmailChangeOld, ///< From the address that the account has.
    EmailChangeNew, ///< From the address that it shall have.
    SignInReport,   ///< "This wasn't me."
    Invitation,     ///< Sets the first password.
};

template <>
inline constexpr std::array namesOf<ChallengePurpose> {"mfa"_L1,
                                                       "passkey_login"_L1,
                                                       "passkey_register"_L1,
                                                       "reauthenticate"_L1,
                                                       "passkey_mfa"_L1,
                                                       "oauth"_L1,
                                                       "change_password"_L1,
                                                       "verify_email"_L1,
                                                       "reset_password"_L1,
                                                       "sign_in_link"_L1,
                                                       "change_email_old"_L1,
                                                       "change_email_new"_L1,
                                                       "sign_in_report"_L1,
                                                       "invitation"_L1};

constexpr bool isLinkOfMail(ChallengePurpose purpose) { return purpose >= ChallengePurpose::VerifyEmail; }

/// How many of a purpose one account may have at once: enough for whoever asks again because a mail is late.
constexpr int mostOfUser(ChallengePurpose purpose)
{
    const bool mayReport = purpose == ChallengePurpose::SignInReport || purpose == ChallengePurpose::EmailChangeOld;
    return isLinkOfMail(purpose) && !mayReport ? 3 : 10;
}

/// What is good once and soon over. Its secret is with the client alone.
struct Challenge
{
    QByteArray id; ///< SHA-256 of the secret's bytes: no secret.
    ChallengePurpose purpose = ChallengePurpose::SecondFactor;
    std::optional<Id> user = {};
    std::optional<Id> session = {};
    QJsonObject data = {}; ///< Sealed in the database.
    int attempts = 0;      ///< Counted so far; see Challenges::attempt().
    TimePoint createdAt = {};
    TimePoint expiresAt = {};
    std::optional<TimePoint> answeredAt = {}; ///< See Challenges::answer(); 1970 where it may not be answered any more.
};

} // namespace warder
