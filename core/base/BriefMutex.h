#pragma once

#include <mutex>

namespace warder {

/// A mutex for what takes a few nanoseconds: whoever meets another looks again for about as long, since to sleep and be woken costs a
/// hundred times more, and only then sleeps (the other may have lost its processor). As std::mutex else: BasicLockable, any thread.
class BriefMutex final
{
public:
    void lock()
    {
        for (int look = 0; look < looks; ++look) {
            if (m_mutex.try_lock())
                return;
        }
        m_mutex.lock();
    }
    void unlock() { m_mutex.unlock(); }

private:
    static constexpr int looks = 100;

    std::mutex m_mutex;
};

} // namespace warder
