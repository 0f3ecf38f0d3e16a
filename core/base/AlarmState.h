#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What became of an alarm: nobody has said a word to it, an admin has seen it, or has dealt with it.
enum class AlarmState { Open, Seen, Done };

template <>
inline constexpr std::array namesOf<AlarmState> {"open"_L1, "seen"_L1, "done"_L1};

} // namespace warder
