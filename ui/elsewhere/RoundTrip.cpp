#include "ui/elsewhere/RoundTrip.h"

#include "core/console/orders/Changes.h"
#include "ui/elsewhere/RemoteLine.h"
#include "ui/support/Ask.h"

namespace warder {
namespace {

constexpr Seconds measuredEvery {5};

/// A position that no journal has: the answer is at hand, and has no changes.
constexpr quint64 beyondAll = 1'000'000'000'000'000;

} // namespace

RoundTrip::RoundTrip(Console &console, const RemoteLine &line, QObject *parent) : QObject(parent), m_console(console), m_line(line)
{
    connect(&m_timer, &QTimer::timeout, this, &RoundTrip::measure);
    connect(&line, &RemoteLine::changed, this, &RoundTrip::follow);
    m_timer.start(measuredEvery);
    QTimer::singleShot(0, this, &RoundTrip::follow); // once somebody listens
}

void RoundTrip::follow()
{
    if (m_line.isConnected())
        return measure();
    Q_EMIT measured(std::nullopt);
}

void RoundTrip::measure()
{
    if (m_asking || !m_line.isConnected())
        return;
    m_asking = true;
    m_asked.start();
    ask(
        m_console.ask(ChangesSince {.position = beyondAll, .wait = Milliseconds {0}}), this,
        [this](const Changes &) {
            m_asking = false;
            Q_EMIT measured(Milliseconds(m_asked.elapsed()));
        },
        [this](const Error &) { m_asking = false; });
}

} // namespace warder
