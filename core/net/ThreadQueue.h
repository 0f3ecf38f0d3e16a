#pragma once

#include "core/net/Wakeup.h"

#include <mutex>
#include <utility>
#include <vector>

namespace warder {

/// Letters from any thread to the one that owns the bell. The first letter rings, the rest ride along: one wake-up empties
/// the box. May outlive its reader; then letters are dropped.
template <typename Item>
class ThreadQueue final
{
public:
    /// The reader's thread.
    void open(Wakeup &wakeup)
    {
        const std::scoped_lock lock(m_mutex);
        m_wakeup = &wakeup;
    }

    /// Before the bell dies, on its thread. What nobody read is destroyed.
    void close()
    {
        std::vector<Item> unread; // destroyed outside the lock: a letter may hold something that posts
        const std::scoped_lock lock(m_mutex);
        m_wakeup = nullptr;
        unread.swap(m_letters);
    }

    /// False when nobody reads (any more). Any thread.
    bool post(Item &&letter)
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_wakeup)
            return false;
        if (m_letters.empty())
            m_wakeup->ring();
        m_letters.push_back(std::move(letter));
        return true;
    }

    /// The reader's thread.
    std::vector<Item> takeAll()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_letters, {});
    }

private:
    std::mutex m_mutex; ///< Guards both.
    std::vector<Item> m_letters;
    Wakeup *m_wakeup = nullptr;
};

} // namespace warder
