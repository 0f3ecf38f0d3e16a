#include "ui/settings/words/SettingWords.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

// clang-format off: a text a line
constexpr std::array limitsWords {
    //: Name of a setting.
    SettingWords {"rate_limit.enabled"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Limits"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Whether limits apply at all.")},
    SettingWords {"rate_limit.login_per_address"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Sign-ins tried from one address.")},
    SettingWords {"rate_limit.login_per_account"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Sign-ins tried at one account from one address.")},
    SettingWords {"rate_limit.login_proof"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Wrong passwords in a row at one account from places that it does not know; then it needs another "
                                    "proof than a password.")},
    SettingWords {"rate_limit.login_stuffing"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Different accounts at which one network (IPv4 by /24, IPv6 by /48) tries wrong passwords.")},
    SettingWords {"rate_limit.mfa_per_address"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Second factors tried from one address.")},
    SettingWords {"rate_limit.passkey_per_address"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Questions for a passkey, or for the options to add one, from one address; each sign-in page that "
                                    "offers passkeys asks once.")},
    SettingWords {"rate_limit.oauth_per_address"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Steps of sign-ins by a provider from one address; a sign-in has two.")},
    SettingWords {"rate_limit.register_per_address"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Registrations from one address.")},
    SettingWords {"rate_limit.mail_per_address"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Mails asked for, and links of mails tried, from one address.")},
    SettingWords {"rate_limit.refresh_per_address"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Refreshes from one address; generous, since a server that renders pages refreshes for all its "
                                    "users.")},
    SettingWords {"rate_limit.refresh_per_session"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Refreshes of one session.")},
    SettingWords {"rate_limit.account_per_address"_L1, nullptr,
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Sign-outs, changes of a name and looks at own sessions from one address; generous for the same "
                                    "reason.")},
    //: Name of a setting.
    SettingWords {"rate_limit.login_backoff"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Waits after wrong passwords"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Whether wrong passwords in a row make the next try wait.")},
    //: Name of a setting.
    SettingWords {"rate_limit.login_backoff_longest"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Longest wait"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "The longest such wait; four times that for all addresses together that are new to the account.")},
    //: Name of a setting.
    SettingWords {"rate_limit.buckets"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Memory of limits"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "How many addresses, accounts and sessions limits remember at once, 36 bytes each.")},
    //: Name of a setting.
    SettingWords {"rate_limit.recorded"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Recorded requests"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "How many of the last requests a change of a limit can be tried on, 32 bytes each; 0: none.")},
    //: Name of a setting.
    SettingWords {"backup.every"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Time between backups"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "How often the server backs its database up by itself; 0: never.")},
    //: Name of a setting.
    SettingWords {"backup.keep"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Backups that are kept"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "How many backups stay that nobody named; the oldest go.")},
    //: Name of a setting.
    SettingWords {"backup.directory"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Folder of backups"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Folder of the backups; empty: backups in the data directory.")},
    //: Name of a setting.
    SettingWords {"audit.keep"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Records are kept for"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "How long records of who did what are kept; 0: for ever.")},
    //: Name of a setting.
    SettingWords {"log.level"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Level of the log"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "The least important lines still logged.")},
    //: Name of a setting.
    SettingWords {"log.format"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Form of the log"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Form of the log's lines.")},
    //: Name of a setting.
    SettingWords {"metrics.token"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Token for /metrics"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Lets other machines read /metrics; empty: only this machine may.")},
};
// clang-format on

} // namespace

std::span<const SettingWords> setting_words::ofLimits() { return limitsWords; }

} // namespace warder
