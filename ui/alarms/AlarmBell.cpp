#include "ui/alarms/AlarmBell.h"

#include "ui/alarms/AlarmPlace.h"
#include "ui/support/Ask.h"

#include <utility>

namespace warder {

void AlarmBell::refresh()
{
    m_isOld = std::exchange(m_isAsking, true);
    if (m_isOld)
        return;
    ask(
        m_console.ask(CountAlarms {.states = {AlarmState::Open}}), this, [this](qint64 open) { settle(open); },
        [this](const Error &) { settle(m_open); }); // who does not answer is asked again when it does
}

void AlarmBell::settle(qint64 open)
{
    m_isAsking = false;
    if (std::exchange(m_open, open) != open)
        Q_EMIT changed(open);
    if (m_isOld)
        refresh();
}

void AlarmBell::apply(const QList<Change> &changes)
{
    if (concernAlarms(changes))
        refresh();
}

} // namespace warder
