#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What a rate limit does about a request too many: refuses it (429), lets it wait its turn where that is within ten seconds (and refuses
/// it beyond), or lets it through and raises an alarm.
enum class RateAction { Deny, Delay, Alert };

template <>
inline constexpr std::array namesOf<RateAction> {"deny"_L1, "delay"_L1, "alert"_L1};

} // namespace warder
