#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

QString UiTexts::of(FaultReason reason)
{
    using enum FaultReason;
    switch (reason) {
    case EmailWithoutAt:      return /*: Below an e-mail field. */ tr("An e-mail address has an @.");
    case EmailWithSeveralAts: return /*: Below an e-mail field. */ tr("An e-mail address has only one @.");
    case EmailTooLong:        return /*: Below an e-mail field. */ tr("This is too long for an e-mail address.");
    case EmailUserEmpty:      return /*: Below an e-mail field. */ tr("Something is missing before the @.");
    case EmailUserTooLong:    return /*: Below an e-mail field. */ tr("The part before the @ is too long.");
    case EmailUserCharacters: return /*: Below an e-mail field. */ tr("The part before the @ has characters that no address has there.");
    case EmailUserLookAlikes:
        //: Below an e-mail field.
        return tr("The part before the @ has characters that only look like other ones. Type the plain ones.");
    case EmailUserPeriods:
        return /*: Below an e-mail field. */ tr("A period may neither start nor end the part before the @, nor stand twice in a row.");
    case EmailDomainEmpty:      return /*: Below an e-mail field. */ tr("Something is missing after the @.");
    case EmailDomainTooLong:    return /*: Below an e-mail field. */ tr("The part after the @ is too long.");
    case EmailDomainCharacters: return /*: Below an e-mail field. */ tr("The part after the @ has characters that no address has there.");
    case EmailDomainHyphens:
        return /*: Below an e-mail field. */ tr("A name between the periods after the @ starts or ends with a hyphen.");
    case EmailDomainPeriods: return /*: Below an e-mail field. */ tr("The part after the @ has a period too many.");
    case EmailDomainLabelTooLong:
        return /*: Below an e-mail field. */ tr("The part after the @ has a name of more than 63 characters between its periods.");
    case EmailDomainWithoutPeriod: return /*: Below an e-mail field. */ tr("The part after the @ needs a period, as in “example.com”.");
    case EmailDomainNumber:        return /*: Below an e-mail field. */ tr("The part after the @ ends with a number instead of a name.");
    case EmailDomainPunycode:      return /*: Below an e-mail field. */ tr("The part after the @ has a name with xn-- that stands for nothing.");
    case EmailUnchanged:           return /*: Below an e-mail field. */ tr("This is the address of the account already.");
    case NameCharacters:
        return /*: Below the field of a name. */ tr("A name has no line ends, no invisible characters and none that turn the text round.");
    case NameMarks:
    case PasswordMarks: return /*: Below the field of a name or password. */ tr("No more than 30 accents may stand in a row.");
    case RolesMalformed:
        //: What is wrong with a field of a form; _ - . : are the characters themselves.
        return tr("No more than 32 roles, of 1 to 64 letters, digits or _ - . : each.");
    case PasswordNul: return /*: Below a password field. */ tr("A password has no NUL character.");
    case PasswordGuessable:
        //: Below a password field.
        return tr("This is too easy to guess. Take a longer one, for example four words that do not belong together.");
    case PasswordBreached:    return /*: Below a password field. */ tr("This password appears in known data breaches.");
    case PasswordWrong:       return /*: Below a password field. */ tr("The password is wrong.");
    case PasswordUnchanged:   return /*: Below a password field. */ tr("This is the password that was to be replaced.");
    case PasswordHashUnknown: return /*: Below a password field. */ tr("This is no Argon2, bcrypt, scrypt or PBKDF2 hash of a known form.");
    case CodeWrong:           return /*: Below the field for the six digits of an authenticator app. */ tr("The code is wrong, or was used before.");
    case PasskeyRefused:      return /*: After what a browser answered for a passkey was refused. */ tr("The passkey was not accepted.");
    case CallbackUnknown:
        return /*: What is wrong with an address that browsers come back to from a provider such as Google. */ tr(
            "This is none of the provider's callbacks.");
    case RedirectForeign:
        return /*: What is wrong with the place that is shown after a sign-in. */ tr("Only a path of this site is possible.");
    }
    Q_UNREACHABLE_RETURN({});
}

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
        return of(*known);
    //: What is wrong with a field of a form, before the reason.
    return tr("Is not acceptable.") + u' ' + reason(fault.message);
}

} // namespace warder
