#pragma once

#include "core/net/Wakeup.h"

#include <mutex>
#include <utility>
#include <vector>

namespace warder {

/// A queue from any thread to the one thread that reads it. Only the first item of a batch wakes the reader, which then takes all.
/// May outlive its reader; items are dropped then.
template <typename Item>
class ThreadQueue final
{
public:
    /// Starts delivery. On the reader's thread.
    void open(Wakeup &wakeup)
    {
        const std::scoped_lock lock(m_mutex);
        m_wakeup = &wakeup;
    }

    /// Call before the wakeup is destroyed, on its thread. Destroys the items that were not read.
    void close()
    {
        std::vector<Item> unread; // destroyed outside the lock: an item may hold something that posts
        const std::scoped_lock lock(m_mutex);
        m_wakeup = nullptr;
        unread.swap(m_items);
    }

    /// False when nobody reads, yet or any more. Any thread.
    bool post(Item &&item)
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_wakeup)
            return false;
        if (m_items.empty())
            m_wakeup->wake();
        m_items.push_back(std::move(item));
        return true;
    }

    /// The reader's thread.
    std::vector<Item> takeAll()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_items, {});
    }

private:
    std::mutex m_mutex; ///< Guards both.
    std::vector<Item> m_items;
    Wakeup *m_wakeup = nullptr;
};

} // namespace warder
