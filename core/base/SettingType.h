#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What kind of value a setting has; in the order of the alternatives of SettingValue.
enum class SettingType { Boolean, Integer, Duration, Text, List, Rate };

template <>
inline constexpr std::array namesOf<SettingType> {"boolean"_L1, "integer"_L1, "duration"_L1, "text"_L1, "list"_L1, "rate"_L1};

/// When a change of a setting's value acts. Nothing that acts at once costs a connection or a request.
enum class SettingEffect { AtOnce, AfterRestart };

template <>
inline constexpr std::array namesOf<SettingEffect> {"at_once"_L1, "after_restart"_L1};

} // namespace warder
