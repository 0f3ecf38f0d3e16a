#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// Where the value of a setting comes from; of several, the last one in this order wins.
enum class SettingSource { Default, Stored, File, Environment, CommandLine };

template <>
inline constexpr std::array namesOf<SettingSource> {"default"_L1, "stored"_L1, "file"_L1, "environment"_L1, "command line"_L1};

} // namespace warder
