#include "ui/ChangePoller.h"

#include "ui/support/Ask.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace warder {

namespace {

constexpr auto pause = 250ms; ///< Between an answer and the next question, so that many changes come in few answers.
constexpr auto longestWait = 20s;
constexpr qsizetype leastInTurn = 50; ///< Changes in a turn of the event loop.
constexpr qsizetype mostInTurn = 1'000;
constexpr auto longTurn = 8ms; ///< A frame has 16.
constexpr auto shortTurn = 3ms;

} // namespace

ChangePoller::ChangePoller(Console &console, QObject *parent) : QObject(parent), m_console(console)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &ChangePoller::poll);
    m_turn.setSingleShot(true);
    m_turn.setInterval(0); // a timer: what is posted is told in the same turn
    connect(&m_turn, &QTimer::timeout, this, &ChangePoller::handOn);
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
    m_position = news.position;
    if (std::exchange(m_hasFailed, false))
        Q_EMIT recovered();
    const bool isFirst = !std::exchange(m_started, true);
    if (!isFirst && news.missedSome)
        Q_EMIT missedSome();
    m_news = isFirst ? QList<Change>() : news.changes;
    m_told = 0;
    m_inTurn = leastInTurn; // what the last ones took says little: another page may be in front by now
    handOn();
}

void ChangePoller::handOn()
{
    const QList<Change> some = m_news.mid(m_told, m_inTurn);
    m_told += some.size();
    if (m_told < m_news.size()) {
        m_turn.start();
    } else {
        m_news = {};
        m_told = 0;
        m_pause.start();
    }
    if (some.isEmpty())
        return;
    QElapsedTimer taken;
    taken.start();
    Q_EMIT changed(some);
    if (taken.durationElapsed() > longTurn)
        m_inTurn = std::max(leastInTurn, m_inTurn / 2);
    else if (taken.durationElapsed() < shortTurn)
        m_inTurn = std::min(mostInTurn, m_inTurn * 2);
}

} // namespace warder
