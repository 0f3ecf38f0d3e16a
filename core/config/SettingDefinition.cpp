#include "core/config/SettingDefinition.h"

#include "core/base/Text.h"
#include "core/config/SettingTable.h"

#include <algorithm>

namespace warder {

const SettingDefinition *findSetting(QStringView key)
{
    const auto found = std::ranges::find(settingTable, key, &SettingDefinition::key);
    return found == settingTable.end() ? nullptr : &*found;
}

QString nearestSetting(QStringView key)
{
    if (key.size() > 64)
        return {};
    const auto far = [&](const SettingDefinition &each) { return distance(key, each.key); };
    const auto nearest = std::ranges::min_element(settingTable, {}, far);
    return far(*nearest) <= std::max<qsizetype>(2, nearest->key.size() / 3) ? nearest->key.toString() : QString();
}

bool isMisspeltSetting(QStringView key)
{
    const QString nearest = nearestSetting(key);
    return !nearest.isEmpty() && distance(key, nearest) <= 2;
}

} // namespace warder
