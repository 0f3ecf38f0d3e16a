#pragma once

#include "core/base/Clock.h"

namespace warder {

class Core;

/// Does what comes due: deletes what is too old, so that nothing grows for ever, and rotates keys.
namespace Housekeeping {

inline constexpr auto endedSessionsKept = std::chrono::days {30};
inline constexpr auto auditKept = std::chrono::days {365};
inline constexpr auto signInAddressesKept = std::chrono::days {180}; ///< And devices: since the last sign-in from there.

/// Rotates the keys that are due and deletes those that are spent, as the settings say; a failure is the health problem
/// `key_rotation_failed`, and logged when it begins. Forgets revocations whose tokens are dead, removes old rows a thousand at a time so
/// that other writes come in between, writes what limits shall remember over a restart, and counts live sessions anew. Lane::Light, each
/// minute: waits for the writer.
void tidy(Core &core, TimePoint now);

} // namespace Housekeeping
} // namespace warder
