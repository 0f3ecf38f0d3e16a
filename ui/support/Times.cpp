#include "ui/support/Times.h"

#include <QDateTime>
#include <QLocale>

namespace warder {

namespace {

QString dateAndTime(TimePoint time, const QString &format)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(toMilliseconds(time));
    return QLocale().toString(at.date(), QLocale::ShortFormat) + QLatin1Char(' ') + QLocale().toString(at.time(), format);
}

/// To the nearest, halves up: "14 days" is also what lacks a second of it.
qint64 rounded(qint64 number, qint64 unit) { return (number + unit / 2) / unit; }

constexpr qint64 minute = 60;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

} // namespace

QString Times::ago(TimePoint then, TimePoint now)
{
    if (then - now > std::chrono::minutes {1})
        return until(then, now); // the clock was set back since
    if (now - then < Seconds {5})
        //: When something happened: within the last few seconds.
        return tr("just now");
    //: When something happened; %1 is a span such as "3 min".
    return tr("%1 ago").arg(lasting(now - then));
}

QString Times::lasting(Milliseconds span)
{
    const qint64 seconds = qMax<qint64>(0, rounded(span.count(), 1000));
    const qint64 minutes = rounded(seconds, minute);
    const qint64 hours = rounded(seconds, hour);
    const QLocale locale;
    if (seconds < minute)
        //: A span of seconds, short.
        return tr("%1 s").arg(locale.toString(seconds));
    if (minutes < 60)
        //: A span of minutes, short.
        return tr("%1 min").arg(locale.toString(minutes));
    if (minutes < 6 * 60 && minutes % 60)
        //: A span of hours and minutes, short.
        return tr("%1 h %2 min").arg(locale.toString(minutes / 60), locale.toString(minutes % 60));
    if (hours < 48)
        //: A span of hours, short.
        return tr("%1 h").arg(locale.toString(hours));
    //: A span of days, two or more.
    return tr("%Ln day(s)", nullptr, int(rounded(seconds, day)));
}

QString Times::countdown(TimePoint until, TimePoint now)
{
    const qint64 seconds = std::chrono::ceil<Seconds>(until - now).count();
    if (until <= now)
        //: A countdown that has ended.
        return tr("over");
    if (seconds >= hour)
        return lasting(until - now);
    return QStringLiteral("%1:%2").arg(seconds / minute).arg(seconds % minute, 2, 10, QLatin1Char('0'));
}

QString Times::until(TimePoint then, TimePoint now)
{
    if (then <= now)
        return tr("over");
    //: When something will happen; %1 is a span such as "3 min".
    return tr("in %1").arg(lasting(qMax<Milliseconds>(then - now, Seconds {1})));
}

QString Times::exact(TimePoint time) { return dateAndTime(time, QStringLiteral("HH:mm:ss")); }

QString Times::brief(TimePoint time) { return dateAndTime(time, QStringLiteral("HH:mm")); }

} // namespace warder
