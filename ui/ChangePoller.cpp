#include "ui/ChangePoller.h"

#include "ui/support/Ask.h"

using namespace std::chrono_literals;

namespace warder {

ChangePoller::ChangePoller(Console &console, QObject *parent) : QObject(parent), m_console(console)
{
    m_timer.setInterval(250ms);
    connect(&m_timer, &QTimer::timeout, this, &ChangePoller::look);
}

void ChangePoller::start()
{
    m_timer.start();
    look();
}

void ChangePoller::look()
{
    if (m_asking)
        return;
    m_asking = true;
    ask(
        m_console.changesSince(m_position), this, [this](const Changes &news) { take(news); },
        [this](const Error &error) {
            m_asking = false;
            if (!std::exchange(m_lost, true))
                Q_EMIT lost(error);
        });
}

void ChangePoller::take(const Changes &news)
{
    m_asking = false;
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
