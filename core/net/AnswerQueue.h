#pragma once

#include "core/net/AnswerSink.h"
#include "core/net/HttpResponse.h"
#include "core/net/ThreadQueue.h"
#include "core/net/Wakeup.h"

#include <thread>

namespace warder {

class QtHttpAdapter;

/// Carries responses to the HTTP thread of their request. Outlives that thread's adapter: responses that come later are dropped. Made
/// and closed on the adapter's thread.
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

    /// On the adapter's own thread, the response to the request being handled is written at once.
    void accept(quint64 id, HttpResponse answer) override;

    std::vector<Item> takeAll() { return m_queue.takeAll(); }

private:
    const std::thread::id m_home = std::this_thread::get_id();
    QtHttpAdapter *m_adapter; ///< Used on m_home only.
    ThreadQueue<Item> m_queue;
};

} // namespace warder
