#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What a signing key signs: access tokens, refresh tokens, CSRF tokens; or what a backend that is no more has signed, which is only
/// verified.
enum class KeyPurpose { Access, Refresh, Csrf, Former };

template <>
inline constexpr std::array namesOf<KeyPurpose> {"access"_L1, "refresh"_L1, "csrf"_L1, "former"_L1};

/// Those of which one key signs at any time.
inline constexpr std::array signingPurposes {KeyPurpose::Access, KeyPurpose::Refresh, KeyPurpose::Csrf};

} // namespace warder
