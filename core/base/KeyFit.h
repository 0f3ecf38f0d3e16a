#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// Whether the master key that is here opens what a backup holds sealed: it does, it is another one, or there is none here.
enum class KeyFit { Fits, Other, Missing };

template <>
inline constexpr std::array namesOf<KeyFit> {"fits"_L1, "other"_L1, "missing"_L1};

} // namespace warder
