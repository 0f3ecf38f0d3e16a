#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString sentenceOf(FaultReason reason)
{
    //: Each of the following says under a field of a form what is wrong with it.
    switch (reason) {
    case FaultReason::EmailWithoutAt:      return UiTexts::tr("An e-mail address has an @.");
    case FaultReason::EmailWithSeveralAts: return UiTexts::tr("An e-mail address has only one @.");
    case FaultReason::EmailTooLong:        return UiTexts::tr("This is too long for an e-mail address.");
    case FaultReason::EmailUserEmpty:      return UiTexts::tr("Something is missing before the @.");
    case FaultReason::EmailUserTooLong:    return UiTexts::tr("The part before the @ is too long.");
    case FaultReason::EmailUserCharacters: return UiTexts::tr("The part before the @ has characters that no address has there.");
    case FaultReason::EmailUserLookAlikes:
        return UiTexts::tr("The part before the @ has characters that only look like other ones. Type the plain ones.");
    case FaultReason::EmailUserPeriods:
        return UiTexts::tr("A period may neither start nor end the part before the @, nor stand twice in a row.");
    case FaultReason::EmailDomainEmpty:      return UiTexts::tr("Something is missing after the @.");
    case FaultReason::EmailDomainTooLong:    return UiTexts::tr("The part after the @ is too long.");
    case FaultReason::EmailDomainCharacters: return UiTexts::tr("The part after the @ has characters that no address has there.");
    case FaultReason::EmailDomainHyphens:    return UiTexts::tr("A name between the periods after the @ starts or ends with a hyphen.");
    case FaultReason::EmailDomainPeriods:    return UiTexts::tr("The part after the @ has a period too many.");
    case FaultReason::EmailDomainLabelTooLong:
        return UiTexts::tr("The part after the @ has a name of more than 63 characters between its periods.");
    case FaultReason::EmailDomainWithoutPeriod: return UiTexts::tr("The part after the @ needs a period, as in “example.com”.");
    case FaultReason::EmailDomainNumber:        return UiTexts::tr("The part after the @ ends with a number instead of a name.");
    case FaultReason::EmailDomainPunycode:      return UiTexts::tr("The part after the @ has a name with xn-- that stands for nothing.");
    case FaultReason::NameCharacters:
        return UiTexts::tr("A name has no line ends, no invisible characters and none that turn the text round.");
    case FaultReason::NameMarks:
    case FaultReason::PasswordMarks: return UiTexts::tr("No more than 30 accents may stand in a row.");
    case FaultReason::RolesMalformed:
        //: What is wrong with a field of a form; _ - . : are the characters themselves.
        return UiTexts::tr("No more than 32 roles, of 1 to 64 letters, digits or _ - . : each.");
    case FaultReason::PasswordNul: return UiTexts::tr("A password has no NUL character.");
    case FaultReason::PasswordGuessable:
        return UiTexts::tr("This is too easy to guess. Take a longer one, for example four words that do not belong together.");
    case FaultReason::PasswordWrong:       return UiTexts::tr("The password is wrong.");
    case FaultReason::PasswordHashUnknown: return UiTexts::tr("This is neither an Argon2 nor a bcrypt hash.");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QString UiTexts::of(const Fault &fault)
{
    const int most = fault.context.value("max_length"_L1).toInt();
    if (fault.type == "string_too_short"_L1)
        //: What is wrong with a field of a form.
        return tr("Needs at least %Ln character(s).", nullptr, fault.context.value("min_length"_L1).toInt());
    if (fault.type == "string_too_long"_L1 && fault.context.value("unit"_L1).toString() == "bytes"_L1)
        //: What is wrong with a password. A letter beyond a to z takes two to four bytes.
        return tr("Has more than %Ln byte(s).", nullptr, most);
    if (fault.type == "string_too_long"_L1)
        //: What is wrong with a field of a form.
        return tr("Has more than %Ln character(s).", nullptr, most);
    if (fault.type == "missing"_L1)
        //: What is wrong with a field of a form.
        return tr("Is needed.");
    if (const auto known = faultReasonFromName(fault.context.value("code"_L1).toString()))
        return sentenceOf(*known);
    //: What is wrong with a field of a form, before the reason.
    return tr("Is not acceptable.") + u' ' + reason(fault.message);
}

} // namespace warder
