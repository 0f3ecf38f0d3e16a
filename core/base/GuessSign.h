#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// By what a guesser was noticed: by tries that were denied, by wrong passwords in a row, or by wrong ones at many accounts.
enum class GuessSign { Denials, FailuresInARow, ManyAccounts };

template <>
inline constexpr std::array namesOf<GuessSign> {"denials"_L1, "failures_in_a_row"_L1, "many_accounts"_L1};

} // namespace warder
