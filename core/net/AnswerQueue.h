#pragma once

#include "core/net/AnswerSink.h"
#include "core/net/ThreadQueue.h"

#include <thread>

namespace warder {

class QtHttpAdapter;

/// Carries the answers of tickets to the front they belong to, and outlives it: late answers find nobody. Made and closed on
/// the front's thread.
class AnswerQueue final : public AnswerSink
{
public:
    struct Item
    {
        quint64 id = 0;
        HttpResponse answer = {};
    };

    AnswerQueue(QtHttpAdapter &adapter, Wakeup &wakeup);
    void close();

    /// On the front's own thread, the answer to the request being handled goes straight to it.
    void accept(quint64 id, HttpResponse answer) override;

    std::vector<Item> takeAll() { return m_box.takeAll(); }

private:
    const std::thread::id m_home = std::this_thread::get_id();
    QtHttpAdapter *m_adapter; ///< Only touched at home.
    ThreadQueue<Item> m_box;
};

} // namespace warder
