#pragma once

#include "core/net/Doorbell.h"

#include <mutex>
#include <utility>
#include <vector>

namespace warder {

/// Letters from any thread to the one that owns the bell. The first letter rings, the rest ride along: one wake-up empties
/// the box. May outlive its reader; then letters are dropped.
template <typename Letter>
class Mailbox final
{
public:
    /// The reader's thread.
    void open(Doorbell &bell)
    {
        const std::scoped_lock lock(m_mutex);
        m_bell = &bell;
    }

    /// Before the bell dies, on its thread. What nobody read is destroyed.
    void close()
    {
        std::vector<Letter> unread; // destroyed outside the lock: a letter may hold something that posts
        const std::scoped_lock lock(m_mutex);
        m_bell = nullptr;
        unread.swap(m_letters);
    }

    /// False when nobody reads (any more). Any thread.
    bool post(Letter &&letter)
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_bell)
            return false;
        if (m_letters.empty())
            m_bell->ring();
        m_letters.push_back(std::move(letter));
        return true;
    }

    /// The reader's thread.
    std::vector<Letter> takeAll()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_letters, {});
    }

private:
    std::mutex m_mutex; ///< Guards both.
    std::vector<Letter> m_letters;
    Doorbell *m_bell = nullptr;
};

} // namespace warder
