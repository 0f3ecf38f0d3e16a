#include "ui/settings/SettingNow.h"

#include <algorithm>

namespace warder {

QString setting_now::value(const SettingView &setting) { return setting.waiting ? setting.waiting->value : setting.value; }

SettingSource setting_now::source(const SettingView &setting) { return setting.waiting ? setting.waiting->source : setting.source; }

QString setting_now::place(const SettingView &setting) { return setting.waiting ? setting.waiting->sourceName : setting.sourceName; }

bool setting_now::isLocked(const SettingView &setting) { return source(setting) > SettingSource::Stored; }

bool setting_now::isDefault(const SettingView &setting) { return source(setting) == SettingSource::Default; }

std::optional<QString> setting_now::stored(const SettingView &setting)
{
    return source(setting) == SettingSource::Stored ? std::optional(value(setting)) : std::nullopt;
}

bool setting_now::areStored(const QList<SettingChoice> &choices, const QList<SettingView> &settings)
{
    return std::ranges::all_of(choices, [&settings](const SettingChoice &choice) {
        const auto setting = std::ranges::find(settings, choice.key, &SettingView::key);
        if (setting == settings.end() || isLocked(*setting))
            return false;
        const std::optional<QString> there = stored(*setting);
        return setting->secret ? there.has_value() == choice.value.has_value() : there == choice.value;
    });
}

} // namespace warder
