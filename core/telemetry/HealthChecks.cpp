#include "core/telemetry/HealthChecks.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder::health_checks {
namespace {

constexpr Milliseconds tolerance = Seconds {2};
constexpr quint64 lowBytes = 256ull * 1024 * 1024;
constexpr quint64 fullBytes = 1024 * 1024;
constexpr quint64 lowFiles = 100;
constexpr auto soon = std::chrono::days {14};
constexpr TimePoint release = std::chrono::sys_days {std::chrono::year {2026} / 1 / 1};

} // namespace

Milliseconds clockJump(const ClockReading &before, const ClockReading &after)
{
    const Milliseconds jump = (after.system - before.system) - (after.sinceBoot - before.sinceBoot);
    return std::chrono::abs(jump) > tolerance ? jump : Milliseconds {0};
}

QString toText(Milliseconds jump)
{
    const qint64 seconds = std::chrono::round<Seconds>(std::chrono::abs(jump)).count();
    const QString amount = seconds >= 2 * 86400  ? u"%1 days"_s.arg(seconds / 86400)
                           : seconds >= 2 * 3600 ? u"%1 hours"_s.arg(seconds / 3600)
                           : seconds >= 120      ? u"%1 minutes"_s.arg(seconds / 60)
                                                 : u"%1 seconds"_s.arg(seconds);
    return (jump.count() < 0 ? u"back by "_s : u"forwards by "_s) + amount;
}

bool isBeforeUs(TimePoint now) { return now < release; }

bool isLow(const platform::Space &space)
{
    return space.available < std::min(lowBytes, space.total / 20)
           || (space.files > 0 && space.filesAvailable < std::min(lowFiles, space.files / 20));
}

bool isFull(const platform::Space &space) { return space.available < std::min(fullBytes, space.total / 20); }

bool isCrowded(std::size_t waiting, std::size_t most, bool wasCrowded) { return most > 0 && waiting * 4 >= most * (wasCrowded ? 1 : 3); }

Validity validity(TimePoint from, TimePoint until, TimePoint now)
{
    if (now >= until)
        return Validity::Over;
    if (now < from)
        return Validity::NotYet;
    return until - now <= soon ? Validity::EndsSoon : Validity::Good;
}

} // namespace warder::health_checks
