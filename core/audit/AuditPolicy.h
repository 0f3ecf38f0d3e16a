#pragma once

#include "core/config/Settings.h"

namespace warder {

/// How long the record is kept.
struct AuditPolicy
{
    Milliseconds keep = std::chrono::days {365}; ///< 0: for ever.

    static AuditPolicy from(const Settings &settings) { return {.keep = settings.get<"audit.keep">()}; }
};

} // namespace warder
