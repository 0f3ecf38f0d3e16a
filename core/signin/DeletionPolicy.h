#pragma once

#include "core/config/Settings.h"

namespace warder {

/// For how long an account that an admin has deleted can be restored.
struct DeletionPolicy
{
    Milliseconds after = std::chrono::days {30}; ///< 0: it goes with the next tidying, within a minute.

    static DeletionPolicy from(const Settings &settings) { return {.after = settings.get<"accounts.delete_after">()}; }
};

} // namespace warder
