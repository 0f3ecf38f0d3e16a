#pragma once

#include <QString>
#include <QStringList>

#include <span>

namespace warder {

/// What a setting is called in the window, and what it decides, in English; SettingTexts translates both.
struct SettingWords
{
    QLatin1StringView key;
    const char *name; ///< Null for a limit of requests: LimitTexts has its name.
    const char *sentence;
};

/// A setting without words shows by its key and the server's own text. A test wants words for every row of the table of settings.
namespace setting_words {

std::span<const SettingWords> ofNetwork();
std::span<const SettingWords> ofSignIn();
std::span<const SettingWords> ofPasswords();
std::span<const SettingWords> ofMail();
std::span<const SettingWords> ofLimits();

/// Null for one that nobody knows here: that of a newer server.
const SettingWords *find(const QString &key);
/// Of all settings that have words.
QStringList keys();

} // namespace setting_words

} // namespace warder
