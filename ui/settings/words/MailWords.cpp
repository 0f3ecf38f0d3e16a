#include "ui/settings/words/SettingWords.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

// clang-format off: a text a line
constexpr std::array mailWords {
    //: Name of a setting.
    SettingWords {"mail.transport"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Where mails go"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Where mails go: nowhere, into the log, into files in the data directory, or to a mail server.")},
    //: Name of a setting.
    SettingWords {"mail.smtp_host"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Mail server"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "The mail server.")},
    //: Name of a setting.
    SettingWords {"mail.smtp_port"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Port of the mail server"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Its port; 0: 587, with tls 465, with none 25.")},
    //: Name of a setting.
    SettingWords {"mail.smtp_security"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Encryption to the mail server"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "How the way there is kept secret; starttls demands it.")},
    //: Name of a setting.
    SettingWords {"mail.smtp_auth"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Log-in at the mail server"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "How Warder logs in there.")},
    //: Name of a setting.
    SettingWords {"mail.smtp_user"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "User at the mail server"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "As whom.")},
    //: Name of a setting.
    SettingWords {"mail.smtp_password"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Password at the mail server"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "With which password, or access token of OAuth 2.")},
    //: Name of a setting.
    SettingWords {"mail.from"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Sender’s address"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "The address that mails are from.")},
    //: Name of a setting.
    SettingWords {"mail.from_name"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Sender’s name"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "The name that mails are from, and that they call the service; empty: Warder.")},
    //: Name of a setting.
    SettingWords {"mail.reply_to"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Address for answers"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Where answers to mails go; empty: to mail.from.")},
    //: Name of a setting.
    SettingWords {"mail.language"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Language"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "The language of mails to people of whom nobody knows theirs.")},
    //: Name of a setting.
    SettingWords {"mail.templates"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Folder of templates"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Folder of mail templates of your own; empty: mail-templates in the data directory.")},
    //: Name of a setting.
    SettingWords {"mail.link_base"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Begin of links"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "What links in mails begin with: the address of your pages.")},
    //: Name of a setting.
    SettingWords {"mail.verify_path"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Page to confirm an address"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "The page where an address is confirmed.")},
    //: Name of a setting.
    SettingWords {"mail.reset_path"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Page to set a password"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "The page where a new password is set.")},
    //: Name of a setting.
    SettingWords {"mail.email_path"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Page to agree to an address"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "The page where another address is agreed to.")},
    //: Name of a setting.
    SettingWords {"mail.sign_in_path"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Page to sign in by a link"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "The page where a link of a mail signs in.")},
    //: Name of a setting.
    SettingWords {"mail.report_path"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Page to report a sign-in"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "The page for who did not sign in themselves.")},
    //: Name of a setting.
    SettingWords {"mail.invitation_path"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Page of invitations"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "The page for who is invited.")},
    //: Name of a setting.
    SettingWords {"mail.per_hour"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Most mails in an hour"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Mails in an hour, all together; further ones wait.")},
};
// clang-format on

} // namespace

std::span<const SettingWords> setting_words::ofMail() { return mailWords; }

} // namespace warder
