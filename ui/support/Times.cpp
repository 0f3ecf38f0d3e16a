#include "ui/support/Times.h"

#include <QDateTime>
#include <QLocale>

namespace warder {

namespace {

QDateTime local(TimePoint time)
{
    return QDateTime::fromMSecsSinceEpoch(toMilliseconds(time)).toLocalTime();
}

qint64 secondsOf(Milliseconds span)
{
    return qMax<qint64>(0, std::chrono::duration_cast<Seconds>(span).count());
}

} // namespace

QString Times::ago(TimePoint then, TimePoint now)
{
    if (now - then < Seconds {5})
        //: When something happened: within the last few seconds.
        return tr("just now");
    //: When something happened; %1 is a span such as "3 min".
    return tr("%1 ago").arg(lasting(now - then));
}

QString Times::lasting(Milliseconds span)
{
    const qint64 seconds = secondsOf(span);
    const QLocale locale;
    if (seconds < 60)
        //: A span of seconds, short.
        return tr("%1 s").arg(locale.toString(seconds));
    if (seconds < 3600)
        //: A span of minutes, short.
        return tr("%1 min").arg(locale.toString(seconds / 60));
    if (seconds < 6 * 3600 && seconds / 60 % 60)
        //: A span of hours and minutes, short.
        return tr("%1 h %2 min").arg(locale.toString(seconds / 3600), locale.toString(seconds / 60 % 60));
    if (seconds < 48 * 3600)
        //: A span of hours, short.
        return tr("%1 h").arg(locale.toString(seconds / 3600));
    //: A span of days, two or more.
    return tr("%1 days").arg(locale.toString(seconds / 86400));
}

QString Times::countdown(TimePoint until, TimePoint now)
{
    const qint64 seconds = secondsOf(until - now + Milliseconds {999});
    if (until <= now)
        //: A countdown that has ended.
        return tr("over");
    if (seconds >= 3600)
        return lasting(until - now);
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString Times::until(TimePoint then, TimePoint now)
{
    if (then <= now)
        return tr("over");
    //: When something will happen; %1 is a span such as "3 min".
    return tr("in %1").arg(lasting(then - now));
}

QString Times::exact(TimePoint time)
{
    const QDateTime at = local(time);
    return QLocale().toString(at.date(), QLocale::ShortFormat) + QLatin1Char(' ') + QLocale().toString(at.time(), QStringLiteral("HH:mm:ss"));
}

QString Times::brief(TimePoint time)
{
    const QDateTime at = local(time);
    return QLocale().toString(at.date(), QLocale::ShortFormat) + QLatin1Char(' ') + QLocale().toString(at.time(), QStringLiteral("HH:mm"));
}

} // namespace warder
