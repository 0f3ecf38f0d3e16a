#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What a rate limit counts by: the client's network address, the account that is named, both together, or the session.
enum class RateKey { Address, Account, AddressAndAccount, Session };

template <>
inline constexpr std::array namesOf<RateKey> {"address"_L1, "account"_L1, "address+account"_L1, "session"_L1};

} // namespace warder
