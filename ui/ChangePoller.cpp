#include "ui/ChangePoller.h"

#include "ui/support/Ask.h"

using namespace std::chrono_literals;

namespace warder {

namespace {

constexpr auto pause = 250ms; ///< Between an answer and the next question, so that many changes come in few answers.
constexpr auto patience = 20s;

} // namespace

ChangePoller::ChangePoller(Console &console, QObject *parent) : QObject(parent), m_console(console)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &ChangePoller::look);
}

void ChangePoller::look()
{
    const bool mayWait = m_started && !m_lost; // who is not sure that the journal answers wants to know at once
    ask(
        m_console.ask(ChangesSince {.position = m_position, .wait = mayWait ? patience : 0s}), this,
        [this](const Changes &news) { take(news); },
        [this](const Error &error) {
            m_pause.start();
            if (!std::exchange(m_lost, true))
                Q_EMIT lost(error);
        });
}

void ChangePoller::take(const Changes &news)
{
    m_pause.start();
    m_position = news.position;
    if (std::exchange(m_lost, false))
        Q_EMIT found();
    if (!std::exchange(m_started, true))
        return;
    if (news.missedSome)
        Q_EMIT missedSome();
    if (!news.changes.isEmpty())
        Q_EMIT changed(news.changes);
}

} // namespace warder
