#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What an admin said of a network: no limit holds for it, or nothing is answered to it but 403.
enum class NetworkStanding { Exempt, Blocked };

template <>
inline constexpr std::array namesOf<NetworkStanding> {"exempt"_L1, "blocked"_L1};

} // namespace warder
