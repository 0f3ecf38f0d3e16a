#pragma once

#include "core/console/orders/Alarms.h"
#include "ui/support/Tone.h"

#include <QCoreApplication>

namespace warder {

struct Confirmation;

/// What the list of alarms and the bell say, in words; what happened says UiTexts::of(), as the tray and the strip do. Pure; GUI thread.
class AlarmTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::AlarmTexts)
public:
    /// What kind of alarm it is, short: "Password guessing".
    static QString kind(const Alarm &alarm);
    static QString state(AlarmState state);
    static Tone tone(AlarmState state);
    /// The state, with who gave it that and when.
    static QString stateInFull(const AlarmView &alarm, TimePoint now);

    /// What to do about it, or that it is over; empty: what happened says all. `stands`: of a problem, whether the server has it still.
    static QString advice(const AlarmView &alarm, bool stands);

    static QString alarms(qint64 number);
    /// "3 open alarms", for the bell.
    static QString open(qint64 number);
    static QString marked(AlarmState state, int number);
    /// "Marking of 3 alarms as done": what was done and can be taken back.
    static QString marking(AlarmState state, int number);
    static Confirmation beforeReopening(qsizetype number);
};

} // namespace warder
