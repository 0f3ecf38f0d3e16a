#include "ui/settings/words/SettingWords.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

// clang-format off: a text a line
constexpr std::array signInWords {
    //: Name of a setting.
    SettingWords {"tokens.issuer"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Issuer"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Claim iss of access tokens; empty: the server's own URL.")},
    //: Name of a setting.
    SettingWords {"tokens.audience"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Audience"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Claim aud of access tokens.")},
    //: Name of a setting.
    SettingWords {"tokens.algorithm"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Signatures of access tokens"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "How access tokens are signed from the next rotation of their key on.")},
    //: Name of a setting.
    SettingWords {"tokens.access_lifetime"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Lifetime of access tokens"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "How long access tokens live.")},
    //: Name of a setting.
    SettingWords {"tokens.leeway"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Leeway of clocks"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "How far clocks of other machines may differ.")},
    //: Name of a setting.
    SettingWords {"tokens.delivery"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Delivery of tokens"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Where tokens go unless the request says.")},
    //: Name of a setting.
    SettingWords {"keys.access_rotation"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Rotation of access keys"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "A key that signs access tokens is replaced at this age; 0: never by itself.")},
    //: Name of a setting.
    SettingWords {"keys.refresh_rotation"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Rotation of refresh keys"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "A key that signs refresh tokens is replaced at this age; 0: never by itself.")},
    //: Name of a setting.
    SettingWords {"keys.csrf_rotation"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Rotation of CSRF keys"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "A key that signs CSRF tokens is replaced at this age; 0: never by itself.")},
    //: Name of a setting.
    SettingWords {"keys.spent_kept"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Spent keys are kept for"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "A key is deleted so long after nothing that it signed is accepted any more; 0: never.")},
    //: Name of a setting.
    SettingWords {"keys.master_key_sources"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Places of the master key"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Where the master key may come from, in this order; the first that has one is taken.")},
    //: Name of a setting.
    SettingWords {"sessions.idle_lifetime"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Idle lifetime"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "A session ends when it was not used for so long.")},
    //: Name of a setting.
    SettingWords {"sessions.absolute_lifetime"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Absolute lifetime"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "A session ends at this age, used or not.")},
    //: Name of a setting.
    SettingWords {"sessions.refresh_grace"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Grace of refreshes"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "How long a just exchanged refresh token gets the same successor.")},
    //: Name of a setting.
    SettingWords {"sessions.max_per_user"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Most sessions of a user"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Live sessions of one user; a sign-in beyond ends the one unused longest.")},
    //: Name of a setting.
    SettingWords {"sessions.fresh_for"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Fresh after a proof for"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "How long after proving who they are somebody may change what is sensitive, such as factors.")},
    //: Name of a setting.
    SettingWords {"accounts.registration"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Registration"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Whether anybody may register.")},
    //: Name of a setting.
    SettingWords {"accounts.registration_answer"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Answer to registrations"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Whether a registration says at once that the address has an account, or (private) always the "
                                    "same, and a mail says the rest.")},
    //: Name of a setting.
    SettingWords {"accounts.require_verified_email"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Verified address needed"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Whether only who has proved that the account's address is theirs may sign in.")},
    //: Name of a setting.
    SettingWords {"accounts.delete_after"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Deleted accounts kept"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "How long an account that an admin has deleted can be restored, before it goes for good; 0: it goes "
                                    "within a minute.")},
    //: Name of a setting.
    SettingWords {"accounts.magic_link"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Sign-in by mail"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Whether people may sign in by a link or a code that is sent to them.")},
    //: Name of a setting.
    SettingWords {"mfa.required"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Who needs a second factor"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Who must have a second factor: nobody, users with the role admin, or everybody; who has none "
                                    "sets it up at the next sign-in.")},
    //: Name of a setting.
    SettingWords {"mfa.remember_for"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Trusted browsers are kept for"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "How long a browser that asked for it needs no second factor; 0: browsers are never remembered.")},
    //: Name of a setting.
    SettingWords {"mfa.after_oauth"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Second factor after a provider"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Whether who signs in by a provider is asked for the second factor of their account here, or the "
                                    "provider is trusted with that.")},
    //: Name of a setting.
    SettingWords {"mfa.issuer"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Name in authenticator apps"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "What authenticator apps show beside the e-mail address; empty: Warder.")},
    //: Name of a setting.
    SettingWords {"passkeys.enabled"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Passkeys"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Whether people may add passkeys and sign in with them.")},
    //: Name of a setting.
    SettingWords {"passkeys.rp_id"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Host of passkeys"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "The host that passkeys are bound to; empty: that of the first page in passkeys.origins. Another "
                                    "one makes all passkeys useless.")},
    //: Name of a setting.
    SettingWords {"passkeys.rp_name"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Name in passkeys"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "What browsers show when a passkey is made; empty: Warder.")},
    //: Name of a setting.
    SettingWords {"passkeys.origins"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Origins of passkeys"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Pages and apps that may ask for passkeys; empty: the http.allowed_origins that belong to "
                                    "passkeys.rp_id.")},
    //: Name of a setting.
    SettingWords {"oauth.auto_link"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Linking by proven address"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Whether who proves an address by a provider signs in to the account that has proven the same "
                                    "address.")},
    //: Name of a setting.
    SettingWords {"oauth.allow_private"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Providers in private networks"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Whether providers may be in networks of your own, or on this machine; else only in the internet.")},
    //: Name of a setting.
    SettingWords {"oauth.frontend"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Where browsers return to"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "The site that browsers are sent back to by /oauth/callback; empty: the first of "
                                    "http.allowed_origins.")},
};
// clang-format on

} // namespace

std::span<const SettingWords> setting_words::ofSignIn() { return signInWords; }

} // namespace warder
