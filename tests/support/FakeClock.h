#pragma once

#include "core/base/Clock.h"

#include <atomic>

namespace warder::test {

/// A clock that moves only when told to. Any thread.
class FakeClock final : public Clock
{
public:
    explicit FakeClock(TimePoint start = fromMilliseconds(1'800'000'000'000)) : m_now(toMilliseconds(start)) {}

    TimePoint now() const override { return fromMilliseconds(m_now.load()); }
    void advance(Milliseconds by) { m_now += by.count(); }

private:
    std::atomic<qint64> m_now;
};

} // namespace warder::test
