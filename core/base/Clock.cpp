#include "core/base/Clock.h"

#include <format>

namespace warder {

QString toText(TimePoint time) { return QString::fromStdString(std::format("{:%FT%T}Z", time)); }

TimePoint SystemClock::now() const { return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now()); }

} // namespace warder
