#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What a signing key signs: access tokens or refresh tokens.
enum class KeyPurpose { Access, Refresh };

template <>
inline constexpr std::array namesOf<KeyPurpose> {"access"_L1, "refresh"_L1};

} // namespace warder
