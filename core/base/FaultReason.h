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
    NameCharacters,
    NameMarks,
    RolesMalformed,
    PasswordMarks,
    PasswordNul,
    PasswordGuessable,
    PasswordWrong,
    PasswordHashUnknown,
};

/// `EmailWithoutAt` → `email_without_at`: what programs and other languages go by (`ctx.code` of the HTTP API). Any thread.
QLatin1StringView nameOf(FaultReason reason);

/// In English, for people (`ctx.reason` of the HTTP API). Any thread.
QString textOf(FaultReason reason);

/// The reverse of nameOf(); nothing for a name nobody knows.
std::optional<FaultReason> faultReasonFromName(QStringView name);

} // namespace warder
