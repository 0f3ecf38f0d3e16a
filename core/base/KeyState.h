#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What a signing key does: it will sign next, signs, only verifies what it signed, or is refused with all that it signed.
enum class KeyState { Standby, Current, Retiring, Revoked };

template <>
inline constexpr std::array namesOf<KeyState> {"standby"_L1, "current"_L1, "retiring"_L1, "revoked"_L1};

} // namespace warder
