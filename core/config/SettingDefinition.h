#pragma once

#include "core/base/SettingType.h"

#include <QString>

#include <limits>

namespace warder {

/// Which values of its type a setting may have.
struct SettingRules
{
    qint64 min = std::numeric_limits<qint64>::min(); ///< Integer: the value; Duration: seconds; List: how many items, at least.
    qint64 max = std::numeric_limits<qint64>::max(); ///< Integer and Duration as well; Rate: the amount.
    bool orZero = false;                             ///< Duration: 0 as well, which means never.
    QStringView choices = {};                        ///< Text: nothing but these, "ES256, EdDSA".
    QStringView form = {};                           ///< Text: the value, List: each item is like this regular expression…
    QStringView right = {};                          ///< …or should be: "an octal file mode such as 0660".
    QString (*fault)(const QString &item) = nullptr; ///< What a form cannot say: what would be right, empty if the value or item is.
    bool secret = false;                             ///< Never shown, never echoed in a fault.
};

/// One row of the table of settings: everything about a key but its value.
struct SettingDefinition
{
    QStringView key; ///< "http.listen"
    SettingType type = SettingType::Text;
    SettingEffect effect = SettingEffect::AfterRestart;
    QStringView defaultValue; ///< As it would be written in the file.
    QStringView text;         ///< One line for people.
    SettingRules rules = {};
};

/// The row of a key in settingTable; null if there is none. Any thread, as the next two.
const SettingDefinition *findSetting(QStringView key);

/// The defined key nearest to a mistyped one; empty if none is near.
QString nearestSetting(QStringView key);

/// Whether the nearest key is at most two letters away: a slip of the pen, and not a name from elsewhere.
bool isMisspeltSetting(QStringView key);

} // namespace warder
