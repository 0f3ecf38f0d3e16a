#pragma once

#include "core/base/Clock.h"

#include <QCoreApplication>

namespace warder {

/// Times in words for people, in their language and time zone. GUI thread.
class Times final
{
    Q_DECLARE_TR_FUNCTIONS(warder::Times)
public:
    /// "just now", "42 s ago", "3 min ago", "5 days ago"; "in 3 h" for what a clock that was set back has not reached yet.
    static QString ago(TimePoint then, TimePoint now);
    /// "42 s", "3 min", "2 h 5 min", "12 days", rounded to the nearest; "0 s" for nothing or less.
    static QString lasting(Milliseconds span);
    /// The same, not rounded: in the greatest unit that it is a whole number of, "90 s", "36 h", "7 days".
    static QString exactly(Seconds span);
    /// How long the server has been listening: "up 3 min", "up 12 days".
    static QString up(Milliseconds span);
    /// What is left until then, to the second under an hour: "4:07"; "over" once it has passed.
    static QString countdown(TimePoint until, TimePoint now);
    /// "in 3 min", or "over".
    static QString until(TimePoint then, TimePoint now);
    /// Local date and time to the second.
    static QString exact(TimePoint time);
    /// Local date.
    static QString date(TimePoint time);
    /// Local date and time to the minute.
    static QString brief(TimePoint time);
    /// Local time to the minute, "15:42"; of another day than today the date alone.
    static QString timeOrDate(TimePoint time, TimePoint now);
    /// A time, and how far away it is: "15:42 (in 12 min)".
    static QString together(const QString &time, const QString &distance);
    /// The exact time, and how long ago it was: "29/11/2026 15:42:07 (3 min ago)".
    static QString withAge(TimePoint time, TimePoint now);
};

} // namespace warder
