#include "ui/ChangePoller.h"

#include "ui/support/Ask.h"

using namespace std::chrono_literals;

namespace warder {

namespace {

constexpr auto pause = 250ms; ///< Between an answer and the next question, so that many changes come in few answers.
constexpr auto longestWait = 20s;

} // namespace

ChangePoller::ChangePoller(Console &console, QObject *parent) : QObject(parent), m_console(console)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &ChangePoller::poll);
}

void ChangePoller::poll()
{
    const bool mayWait = m_started && !m_hasFailed; // who is not sure that the journal answers wants to know at once
    ask(
        m_console.ask(ChangesSince {.position = m_position, .wait = mayWait ? longestWait : 0s}), this,
        [this](const Changes &news) { publish(news); },
        [this](const Error &error) {
            m_pause.start();
            if (!std::exchange(m_hasFailed, true))
                Q_EMIT failed(error);
        });
}

void ChangePoller::publish(const Changes &news)
{
    m_pause.start();
    m_position = news.position;
    if (std::exchange(m_hasFailed, false))
        Q_EMIT recovered();
    if (!std::exchange(m_started, true))
        return;
    if (news.missedSome)
        Q_EMIT missedSome();
    if (!news.changes.isEmpty())
        Q_EMIT changed(news.changes);
}

} // namespace warder
