#include "core/telemetry/LatencyHistogram.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace warder::latency {
namespace {

constexpr double shortest = 15.625; ///< Microseconds.

double atPosition(double position) { return shortest * std::exp2(position / perDoubling); }

} // namespace

double boundOf(size_t latencyClass) { return atPosition(double(latencyClass + 1)) / 1e6; }

size_t classOf(std::chrono::microseconds duration)
{
    const double position = std::ceil(std::log2(std::max(double(duration.count()), shortest) / shortest) * perDoubling);
    return std::min(size_t(std::max(position, 1.0)), classes) - 1;
}

double percentile(std::span<const quint64, classes> counts, double share)
{
    const quint64 total = std::accumulate(counts.begin(), counts.end(), quint64 {0});
    if (total == 0)
        return 0;
    const auto wanted = std::max<quint64>(1, quint64(std::ceil(double(total) * share)));
    quint64 passed = 0;
    size_t at = 0;
    while ((passed += counts[at]) < wanted)
        ++at;
    return atPosition(double(at) + 0.5) / 1000;
}

} // namespace warder::latency
