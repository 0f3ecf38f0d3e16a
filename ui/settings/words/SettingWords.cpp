#include "ui/settings/words/SettingWords.h"

#include <algorithm>

namespace warder {

const SettingWords *setting_words::find(const QString &key)
{
    for (const auto &words : {ofNetwork(), ofSignIn(), ofPasswords(), ofMail(), ofLimits()}) {
        const auto found = std::ranges::find_if(words, [&key](const SettingWords &each) { return key == each.key; });
        if (found != words.end())
            return &*found;
    }
    return nullptr;
}

QStringList setting_words::keys()
{
    QStringList all;
    for (const auto &part : {ofNetwork(), ofSignIn(), ofPasswords(), ofMail(), ofLimits()}) {
        for (const SettingWords &each : part)
            all += QString(each.key);
    }
    return all;
}

} // namespace warder
