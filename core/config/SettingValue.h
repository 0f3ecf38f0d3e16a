#pragma once

#include "core/config/Rate.h"
#include "core/config/SettingDefinition.h"

#include <expected>
#include <variant>

namespace warder {

/// An alternative for each SettingType, in its order.
using SettingValue = std::variant<bool, qint64, Seconds, QString, QStringList, Rate>;

/// The typed value of what somebody wrote, or what would have been right ("a whole number from 0 to 64"). Any thread.
std::expected<SettingValue, QString> parseSetting(const SettingDefinition &definition, const QString &raw);

} // namespace warder
