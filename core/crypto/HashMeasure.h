#pragma once

#include "core/base/Result.h"

#include <chrono>
#include <functional>

namespace warder {

struct HashingPolicy;

/// How long one hash under the policy takes: the middle one of three, or of fewer where they take two seconds together. What this thread
/// computes is counted, so that it is the same on a machine that others use meanwhile. Each is preceded by `goesOn`, which hears how many
/// of how many are done; false: Busy. CryptoFailure for want of memory, or a policy out of bounds. Takes seconds, and as much memory as a
/// hash: on a thread that nobody waits for.
Result<std::chrono::microseconds> measureHash(const HashingPolicy &policy, const std::function<bool(int done, int all)> &goesOn);

} // namespace warder
