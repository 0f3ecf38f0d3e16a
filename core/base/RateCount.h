#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What a rate limit counts: requests; wrong passwords in a row, each of which makes the next try wait longer (a back-off); or the
/// different accounts at which one tried wrong passwords (credential stuffing).
enum class RateCount { Requests, WrongPasswords, Accounts };

template <>
inline constexpr std::array namesOf<RateCount> {"requests"_L1, "wrong_passwords"_L1, "accounts"_L1};

} // namespace warder
