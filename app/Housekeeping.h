#pragma once

#include "core/base/Clock.h"

namespace warder {

class Core;

/// Does what comes due: deletes what is too old, so that nothing grows for ever, and rotates keys.
namespace Housekeeping {

inline constexpr auto endedSessionsKept = std::chrono::days {30};
inline constexpr auto doneAlarmsKept = std::chrono::days {365};      ///< Since an admin called them done.
inline constexpr auto signInAddressesKept = std::chrono::days {180}; ///< And devices: since the last sign-in from there.

/// Rotates the keys that are due and deletes those that are spent, as the settings say; a failure is the health problem
/// `key_rotation_failed`, and logged when it begins. Forgets revocations whose tokens are dead, removes deleted accounts whose time is over
/// (AccountDeletions) and old rows, some at a time so that other writes come in between, counts live sessions anew, and keeps the counts.
/// While the health problem `clock_jumped` stands nothing is deleted or forgotten. Lane::Light, each minute: waits for the writer.
void tidy(Core &core, TimePoint now);

/// Writes what limits and statistics shall remember over a restart. Lane::Light, also at a stop: waits for the writer.
void keepCounts(Core &core, TimePoint now);

/// Makes the backup that is due (Backups::runDue()). Lane::Light, each minute, apart from tidy(): it may take minutes, and holds nobody up.
void backUp(Core &core, TimePoint now);

} // namespace Housekeeping
} // namespace warder
