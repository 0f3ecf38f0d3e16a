#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What an admin is alarmed of: somebody guesses passwords, or a refresh token that was spent came back.
enum class AlarmType { BruteForce, RefreshReused };

template <>
inline constexpr std::array namesOf<AlarmType> {"brute_force"_L1, "refresh_reused"_L1};

} // namespace warder
