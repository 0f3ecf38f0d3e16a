#include "ui/support/Times.h"

#include <QDateTime>
#include <QLocale>

namespace warder {

namespace {

QDateTime localTime(TimePoint time) { return QDateTime::fromMSecsSinceEpoch(toMilliseconds(time)); }

QString dateAndTime(TimePoint time, const QString &format)
{
    const QDateTime at = localTime(time);
    return QLocale().toString(at.date(), QLocale::ShortFormat) + QLatin1Char(' ') + QLocale().toString(at.time(), format);
}

/// To the nearest, halves up: "14 days" is also what lacks a second of it.
qint64 rounded(qint64 number, qint64 unit) { return (number + unit / 2) / unit; }

constexpr qint64 minute = 60;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

/// Two or more; 0 for less, which is told in abbreviations: those stay as they are in any sentence, a word does not.
int daysIn(Milliseconds span)
{
    const qint64 seconds = rounded(span.count(), 1000);
    return rounded(seconds, hour) < 48 ? 0 : int(rounded(seconds, day));
}

//: A span of days, two or more, that stands alone.
QString inDays(int days) { return Times::tr("%Ln day(s)", nullptr, days); }

//: A span of hours, short.
QString inHours(qint64 hours) { return Times::tr("%1 h").arg(QLocale().toString(hours)); }

//: A span of minutes, short.
QString inMinutes(qint64 minutes) { return Times::tr("%1 min").arg(QLocale().toString(minutes)); }

//: A span of seconds, short.
QString inSeconds(qint64 seconds) { return Times::tr("%1 s").arg(QLocale().toString(seconds)); }

} // namespace

QString Times::ago(TimePoint then, TimePoint now)
{
    if (then - now > std::chrono::minutes {1})
        return until(then, now); // the clock was set back since
    if (now - then < Seconds {5})
        //: When something happened: within the last few seconds.
        return tr("just now");
    if (const int days = daysIn(now - then); days > 0)
        //: When something happened: two days ago or more.
        return tr("%Ln day(s) ago", nullptr, days);
    //: When something happened; %1 is a span such as "3 min".
    return tr("%1 ago").arg(lasting(now - then));
}

QString Times::lasting(Milliseconds span)
{
    if (const int days = daysIn(span); days > 0)
        return inDays(days);
    const qint64 seconds = qMax<qint64>(0, rounded(span.count(), 1000));
    const qint64 minutes = rounded(seconds, minute);
    const QLocale locale;
    if (seconds < minute)
        return inSeconds(seconds);
    if (minutes < 60)
        return inMinutes(minutes);
    if (minutes < 6 * 60 && minutes % 60)
        //: A span of hours and minutes, short.
        return tr("%1 h %2 min").arg(locale.toString(minutes / 60), locale.toString(minutes % 60));
    return inHours(rounded(seconds, hour));
}

QString Times::exactly(Seconds span)
{
    const qint64 seconds = qMax<qint64>(0, span.count());
    if (seconds >= 2 * day && seconds % day == 0)
        return inDays(int(seconds / day));
    if (seconds >= hour && seconds % hour == 0)
        return inHours(seconds / hour);
    if (seconds >= minute && seconds % minute == 0)
        return inMinutes(seconds / minute);
    return inSeconds(seconds);
}

QString Times::up(Milliseconds span)
{
    if (const int days = daysIn(span); days > 0)
        //: How long the server has been listening: two days or more.
        return tr("up %Ln day(s)", nullptr, days);
    //: How long the server has been listening; %1 is a span such as "3 min".
    return tr("up %1").arg(lasting(span));
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
    if (const int days = daysIn(then - now); days > 0)
        //: When something will happen: in two days or more.
        return tr("in %Ln day(s)", nullptr, days);
    //: When something will happen; %1 is a span such as "3 min".
    return tr("in %1").arg(lasting(qMax<Milliseconds>(then - now, Seconds {1})));
}

QString Times::date(TimePoint time) { return QLocale().toString(localTime(time).date(), QLocale::ShortFormat); }

QString Times::exact(TimePoint time) { return dateAndTime(time, QStringLiteral("HH:mm:ss")); }

QString Times::brief(TimePoint time) { return dateAndTime(time, QStringLiteral("HH:mm")); }

QString Times::timeOrDate(TimePoint time, TimePoint now)
{
    const QDateTime at = localTime(time);
    return at.date() == localTime(now).date() ? QLocale().toString(at.time(), QStringLiteral("HH:mm")) : date(time);
}

//: A time, and how far away it is: "15:42 (in 12 min)".
QString Times::together(const QString &time, const QString &distance) { return tr("%1 (%2)").arg(time, distance); }

QString Times::withAge(TimePoint time, TimePoint now) { return together(exact(time), ago(time, now)); }

} // namespace warder
