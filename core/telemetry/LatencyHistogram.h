#pragma once

#include <QtTypes>

#include <chrono>
#include <span>

namespace warder::latency {

/// Durations in classes, four to a doubling from 16 µs up to beyond a minute: a percentile is at most a tenth off. Pure.
constexpr size_t classes = 92;
constexpr size_t perDoubling = 4;

/// The longest duration of a class, in seconds; 1 ms is one of them. The last class is for all that took longer.
double boundOf(size_t latencyClass);

size_t classOf(std::chrono::microseconds duration);

/// Milliseconds that `share` (0–1) of all stayed within, at the middle of its class; 0 without any.
double percentile(std::span<const quint64, classes> counts, double share);

} // namespace warder::latency
