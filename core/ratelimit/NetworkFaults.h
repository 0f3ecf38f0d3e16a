#pragma once

#include "core/base/Fault.h"
#include "core/ratelimit/NetworkRule.h"

#include <optional>

namespace warder {

/// What is wrong with what an admin wants of a network, each fault at the member it is about, in words for whoever typed it; empty:
/// nothing. At "network": none at all, more than /8 (v4) or /16 (v6) blocked at once, a blocked one that holds loopback; at "reason":
/// too long, or of several lines; at "until": in the past. `network`: what parseNetwork() makes of the rule's. Pure.
QList<Fault> faultsOfNetwork(const NetworkRule &wanted, const std::optional<Network> &network, TimePoint now);

} // namespace warder
