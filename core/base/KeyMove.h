#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What may be done with a signing key: another one signs in its place; all that it signed is refused; the last of these two is taken
/// back; it is deleted, which alone is for good.
enum class KeyMove { Rotate, Revoke, Restore, Remove };

template <>
inline constexpr std::array namesOf<KeyMove> {"rotate"_L1, "revoke"_L1, "restore"_L1, "remove"_L1};

} // namespace warder
