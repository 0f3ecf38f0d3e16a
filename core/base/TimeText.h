#pragma once

#include "core/base/Clock.h"

#include <optional>

namespace warder {

/// From what toText() writes, also with a blank for the T, another offset, or none, which means UTC; nothing for other texts. Any
/// thread.
std::optional<TimePoint> timeFromText(QStringView text);

} // namespace warder
