#include "core/net/Mailroom.h"

#include "core/net/Front.h"

namespace warder {

Mailroom::Mailroom(Front &front, Doorbell &bell) : m_front(&front) { m_box.open(bell); }

void Mailroom::close()
{
    m_front = nullptr;
    m_box.close();
}

void Mailroom::accept(quint64 ticket, HttpAnswer answer)
{
    const bool atHome = std::this_thread::get_id() == m_home;
    if (atHome && m_front && m_front->answerNow(ticket, answer))
        return;
    m_box.post({.ticket = ticket, .answer = std::move(answer)});
}

} // namespace warder
