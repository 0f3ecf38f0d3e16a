#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <limits>

namespace warder {

enum class SettingType { Boolean, Integer, Text, Choice, Duration, List, Rate };

/// One row of the table of settings: everything about a key but its value.
struct SettingDefinition
{
    QString key; ///< "http.listen"
    SettingType type = SettingType::Text;
    QString defaultValue;                            ///< As it would be written in the file.
    QString text;                                    ///< One line for people.
    qint64 min = std::numeric_limits<qint64>::min(); ///< Integer: the value; Duration: seconds; List: how many items.
    qint64 max = std::numeric_limits<qint64>::max();
    QStringList choices = {};                        ///< Of a Choice.
    QString (*fault)(const QString &item) = nullptr; ///< What would be right, empty if it is; Text: the value, List: each item.
    bool secret = false;                             ///< Never shown, never echoed in a fault.
    bool restartNeeded = true;                       ///< A change acts only after a restart.
};

/// Every setting there is, in the order people read them. Built once; any thread.
const QList<SettingDefinition> &settingDefinitions();

/// The row of a key; null if there is none.
const SettingDefinition *findSetting(QStringView key);

/// The defined key nearest to a mistyped one; empty if none is near.
QString nearestSetting(QStringView key);

/// Whether the nearest key is at most two letters away: a slip of the pen, and not a name from elsewhere.
bool isMisspeltSetting(QStringView key);

} // namespace warder
