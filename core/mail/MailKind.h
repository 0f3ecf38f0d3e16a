#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What a mail is about: which template it is made of, and which count of its recipient it belongs to. Stored by name, which is also that
/// of the template. What each kind says beside its name: docs/mail.md, and core/mail/MailVariables.h for code.
enum class MailKind {
    VerifyEmail,          ///< Link: proves that the address is the account's.
    ResetPassword,        ///< Link: a new password may be set.
    PasswordChanged,      ///< Notice.
    EmailChangeNotice,    ///< To the old address, with a link that agrees or, in other hands, is left alone. Value `new_email`.
    EmailChangeConfirm,   ///< To the new address. Link.
    EmailChanged,         ///< Notice to both. Values `old_email`, `new_email`.
    SignInLink,           ///< Link, and six digits for the browser that asked.
    NewDevice,            ///< Notice with a link "this was not me". Values `device`, `address`.
    FactorAdded,          ///< Notice: an authenticator app. Value `factor`: what its owner calls it; may be missing.
    FactorRemoved,        ///< Notice. Value `factor`; may be missing.
    RecoveryCodeUsed,     ///< Notice. Value `left`: how many are left, a number.
    RecoveryCodesRenewed, ///< Notice.
    SecondFactorGuessed,  ///< Notice: somebody who knows the password guesses codes.
    PasskeyAdded,         ///< Notice. Value `passkey`: what its owner calls it; may be missing.
    PasskeyRemoved,       ///< Notice. Value `passkey`; may be missing.
    AccountExists,        ///< Somebody, perhaps the owner, tried to register the address anew. Link to set a password, if there is a token.
    IdentityLinked,       ///< Notice: an account at a provider signs in here from now on. Value `provider`.
    IdentityRemoved,      ///< Notice. Value `provider`.
    Invitation,           ///< Link. Value `inviter`; may be missing.
    Test,                 ///< What an operator sends to see whether mails arrive.
};

template <>
inline constexpr std::array namesOf<MailKind> {
    "verify_email"_L1,          "reset_password"_L1,   "password_changed"_L1,   "email_change_notice"_L1,
    "email_change_confirm"_L1,  "email_changed"_L1,    "sign_in_link"_L1,       "new_device"_L1,
    "factor_added"_L1,          "factor_removed"_L1,   "recovery_code_used"_L1, "recovery_codes_renewed"_L1,
    "second_factor_guessed"_L1, "passkey_added"_L1,    "passkey_removed"_L1,    "account_exists"_L1,
    "identity_linked"_L1,       "identity_removed"_L1, "invitation"_L1,         "test"_L1};

} // namespace warder
