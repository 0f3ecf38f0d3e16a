#include "core/net/AnswerQueue.h"

#include "core/net/QtHttpAdapter.h"

namespace warder {

AnswerQueue::AnswerQueue(QtHttpAdapter &adapter, Wakeup &wakeup) : m_adapter(&adapter) { m_queue.open(wakeup); }

void AnswerQueue::close()
{
    m_adapter = nullptr;
    m_queue.close();
}

void AnswerQueue::accept(quint64 id, HttpResponse answer)
{
    const bool atHome = std::this_thread::get_id() == m_home;
    if (atHome && m_adapter && m_adapter->answerNow(id, answer))
        return;
    m_queue.post({.id = id, .answer = std::move(answer)});
}

} // namespace warder
