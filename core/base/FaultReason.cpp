#include "core/base/FaultReason.h"

#include "core/base/EnumNames.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Reason = FaultReason;

struct Row
{
    Reason reason;
    QLatin1StringView name;
    QLatin1StringView text;
};

constexpr auto rows = std::to_array<Row>({
    {Reason::EmailWithoutAt, "email_without_at"_L1, "An email address must have an @-sign."_L1},
    {Reason::EmailWithSeveralAts, "email_with_several_ats"_L1, "An email address must have only one @-sign."_L1},
    {Reason::EmailTooLong, "email_too_long"_L1, "The email address is too long."_L1},
    {Reason::EmailUserEmpty, "email_user_empty"_L1, "There must be something before the @-sign."_L1},
    {Reason::EmailUserTooLong, "email_user_too_long"_L1, "The email address is too long before the @-sign."_L1},
    {Reason::EmailUserCharacters, "email_user_characters"_L1, "The email address contains invalid characters before the @-sign."_L1},
    {Reason::EmailUserLookAlikes, "email_user_look_alikes"_L1,
     "The email address has characters before the @-sign that only look like other ones. Type the plain ones."_L1},
    {Reason::EmailUserPeriods, "email_user_periods"_L1,
     "A period may neither start nor end the part before the @-sign, nor stand twice in a row."_L1},
    {Reason::EmailDomainEmpty, "email_domain_empty"_L1, "There must be something after the @-sign."_L1},
    {Reason::EmailDomainTooLong, "email_domain_too_long"_L1, "The email address is too long after the @-sign."_L1},
    {Reason::EmailDomainCharacters, "email_domain_characters"_L1, "The part after the @-sign contains invalid characters."_L1},
    {Reason::EmailDomainHyphens, "email_domain_hyphens"_L1, "The part after the @-sign has a hyphen at the start or end of a name."_L1},
    {Reason::EmailDomainPeriods, "email_domain_periods"_L1, "The part after the @-sign has a period too many."_L1},
    {Reason::EmailDomainLabelTooLong, "email_domain_label_too_long"_L1,
     "The part after the @-sign has a name of more than 63 characters between its periods."_L1},
    {Reason::EmailDomainWithoutPeriod, "email_domain_without_period"_L1,
     "The part after the @-sign is not valid. It should have a period."_L1},
    {Reason::EmailDomainNumber, "email_domain_number"_L1, "The part after the @-sign ends with a number instead of a name."_L1},
    {Reason::EmailDomainPunycode, "email_domain_punycode"_L1, "The part after the @-sign has a name with xn-- that stands for nothing."_L1},
    {Reason::EmailUnchanged, "email_unchanged"_L1, "this is the address of the account already"_L1},
    {Reason::NameCharacters, "name_characters"_L1,
     "a name cannot contain control characters, line ends or characters that turn the text round"_L1},
    {Reason::NameMarks, "name_marks"_L1, "a name cannot have more than 30 combining marks in a row"_L1},
    {Reason::RolesMalformed, "roles_malformed"_L1, "at most 32 roles of 1 to 64 letters, digits or _ - . :"_L1},
    {Reason::PasswordMarks, "password_marks"_L1, "a password cannot have more than 30 combining marks in a row"_L1},
    {Reason::PasswordNul, "password_nul"_L1, "a password cannot contain NUL"_L1},
    {Reason::PasswordGuessable, "password_guessable"_L1,
     "this password is too easy to guess: take a longer one, for example four words that do not belong together"_L1},
    {Reason::PasswordBreached, "password_breached"_L1, "this password appears in known data breaches"_L1},
    {Reason::PasswordWrong, "password_wrong"_L1, "wrong password"_L1},
    {Reason::PasswordUnchanged, "password_unchanged"_L1, "this is the password that was to be replaced"_L1},
    {Reason::PasswordHashUnknown, "password_hash_unknown"_L1, "not an Argon2, bcrypt, scrypt or PBKDF2 hash of a known form"_L1},
    {Reason::CodeWrong, "code_wrong"_L1, "wrong code"_L1},
    {Reason::PasskeyRefused, "passkey_refused"_L1, "this passkey was not accepted: try again"_L1},
    {Reason::CallbackUnknown, "callback_unknown"_L1, "this is none of the provider's callbacks"_L1},
    {Reason::RedirectForeign, "redirect_foreign"_L1, "a path of this site is possible, such as /dashboard"_L1},
});

static_assert(rows.size() == std::size_t(Reason::RedirectForeign) + 1
                  && std::ranges::all_of(rows, [](const auto &row) { return &row == &rows[std::size_t(row.reason)]; }),
              "a row for each reason, in their order");

} // namespace

QLatin1StringView nameOf(FaultReason reason) { return rows.at(std::size_t(reason)).name; }

QString textOf(FaultReason reason) { return rows.at(std::size_t(reason)).text; }

std::optional<FaultReason> faultReasonFromName(QStringView name) { return findByName<FaultReason>(rows, name, &Row::name); }

} // namespace warder
