#pragma once

#include "core/base/EnumNames.h"

namespace warder {

/// What a rate limit counts by: the client's network address, the network around it (IPv4 by /24, IPv6 by /48), the account that is named,
/// address and account together, or the session.
enum class RateKey { Address, Network, Account, AddressAndAccount, Session };

template <>
inline constexpr std::array namesOf<RateKey> {"address"_L1, "network"_L1, "account"_L1, "address+account"_L1, "session"_L1};

} // namespace warder
