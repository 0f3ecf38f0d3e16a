#pragma once

#include <QString>

#include <chrono>

namespace warder {

using Milliseconds = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;

/// UTC, milliseconds since 1970: what the database stores and every rule takes as an argument.
using TimePoint = std::chrono::sys_time<Milliseconds>;

constexpr qint64 toMilliseconds(TimePoint time) { return time.time_since_epoch().count(); }
constexpr TimePoint fromMilliseconds(qint64 value) { return TimePoint {Milliseconds {value}}; }

/// `2026-11-23T14:03:00.123Z` (RFC 3339). Any thread.
QString toText(TimePoint time);

/// Asks what time it is. Passed by reference to whoever must know; tests pass a FakeClock. Any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
};

class SystemClock final : public Clock
{
public:
    TimePoint now() const override;
};

} // namespace warder
