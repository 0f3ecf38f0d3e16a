#pragma once

#include "core/base/ErrorCode.h"
#include "core/base/Fault.h"

#include <chrono>

namespace warder {

/// Why something was refused. The code is for the caller; `detail` is for the log and the admin and never crosses the
/// network; `faults`, `retryAfter` and `text` (in place of the code's own words) are for the caller, where the code says so.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString detail = {};
    QList<Fault> faults = {};
    std::chrono::seconds retryAfter {0};
    QString text = {};
};

} // namespace warder
