#include "ui/settings/words/SettingWords.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

// clang-format off: a text a line
constexpr std::array passwordsWords {
    //: Name of a setting.
    SettingWords {"passwords.algorithm"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Hash of passwords"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "How new passwords are hashed.")},
    //: Name of a setting.
    SettingWords {"passwords.argon2_memory_kib"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Memory of Argon2id"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Memory of one Argon2id hash.")},
    //: Name of a setting.
    SettingWords {"passwords.argon2_iterations"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Passes of Argon2id"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Passes of one Argon2id hash.")},
    //: Name of a setting.
    SettingWords {"passwords.argon2_parallelism"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Lanes of Argon2id"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Lanes of one Argon2id hash.")},
    //: Name of a setting.
    SettingWords {"passwords.bcrypt_cost"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Cost of bcrypt"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Cost of bcrypt hashes; one more doubles the work.")},
    //: Name of a setting.
    SettingWords {"passwords.min_length"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Shortest password"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Fewest characters of a new password.")},
    //: Name of a setting.
    SettingWords {"passwords.min_guesses"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Fewest guesses"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Guesses that a new password must withstand; 0 takes common passwords.")},
    //: Name of a setting.
    SettingWords {"passwords.breach_check"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Breach check"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Whether new passwords are refused that a server knows from data breaches; it gets 5 digits of a "
                                    "hash.")},
    //: Name of a setting.
    SettingWords {"passwords.breach_url"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Server of the breach check"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "The server that is asked, by the range API of Have I Been Pwned.")},
    //: Name of a setting.
    SettingWords {"passwords.hashing_threads"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Hashing threads"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Hashes at once; 0: one a core.")},
};
// clang-format on

} // namespace

std::span<const SettingWords> setting_words::ofPasswords() { return passwordsWords; }

} // namespace warder
