#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What an admin is alarmed of: somebody guesses passwords, a refresh token that was spent came back, a limit that only tells
/// (RateAction::Alert) was exceeded, or the server itself has a problem (Health).
enum class AlarmType { BruteForce, RefreshReused, LimitExceeded, Problem };

template <>
inline constexpr std::array namesOf<AlarmType> {"brute_force"_L1, "refresh_reused"_L1, "limit_exceeded"_L1, "problem"_L1};

} // namespace warder
