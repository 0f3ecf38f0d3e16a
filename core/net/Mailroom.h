#pragma once

#include "core/net/AnswerSink.h"
#include "core/net/Mailbox.h"

#include <thread>

namespace warder {

class Front;

/// Carries the answers of tickets to the front they belong to, and outlives it: late answers find nobody. Made and closed on
/// the front's thread.
class Mailroom final : public AnswerSink
{
public:
    struct Letter
    {
        quint64 ticket = 0;
        HttpAnswer answer = {};
    };

    Mailroom(Front &front, Doorbell &bell);
    void close();

    /// On the front's own thread, the answer to the request being handled goes straight to it.
    void accept(quint64 ticket, HttpAnswer answer) override;

    std::vector<Letter> takeAll() { return m_box.takeAll(); }

private:
    const std::thread::id m_home = std::this_thread::get_id();
    Front *m_front; ///< Only touched at home.
    Mailbox<Letter> m_box;
};

} // namespace warder
