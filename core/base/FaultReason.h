#pragma once

#include <QString>

#include <optional>

namespace warder {

/// Why a rule of ours forbids a value. A new reason is a line here, a row in FaultReason.cpp and the window's sentence, which its
/// compiler asks for.
enum class FaultReason {
    EmailWithoutAt,
    EmailWithSeveralAts,
    EmailTooLong,
    EmailUserEmpty, ///< The user is what stands before the @-sign.
    EmailUserTooLong,
    EmailUserCharacters,
    EmailUserLookAlikes,
    EmailUserPeriods,
    EmailDomainEmpty,
    EmailDomainTooLong,
    EmailDomainCharacters,
    EmailDomainHyphens,
    EmailDomainPeriods,
    EmailDomainLabelTooLong,
    EmailDomainWithoutPeriod,
    EmailDomainNumber,
    EmailDomainPunycode,
    EmailUnchanged, ///< The address that shall take the account's place is the account's.
    NameCharacters,
    NameMarks,
    RolesMalformed,
    PasswordMarks,
    PasswordNul,
    PasswordGuessable,
    PasswordBreached, ///< Known from a data breach (core/credentials/BreachCheck.h).
    PasswordWrong,
    PasswordUnchanged, ///< Another one was to be chosen, and this is the one before.
    PasswordHashUnknown,
    CodeWrong,       ///< Of an authenticator app, or a recovery code: also one that was used before.
    PasskeyRefused,  ///< What a browser answered for a passkey is not what was asked for, or too late.
    CallbackUnknown, ///< An address to come back to from a provider that is not registered for it.
    RedirectForeign, ///< A place to go to after a sign-in that may be another site's.
};

/// `EmailWithoutAt` → `email_without_at`: what programs and other languages go by (`ctx.code` of the HTTP API). Any thread.
QLatin1StringView nameOf(FaultReason reason);

/// In English, for people (`ctx.reason` of the HTTP API). Any thread.
QString textOf(FaultReason reason);

/// The reverse of nameOf(); nothing for a name nobody knows.
std::optional<FaultReason> faultReasonFromName(QStringView name);

} // namespace warder
