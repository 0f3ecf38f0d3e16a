#include "ui/settings/WrittenDuration.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {

std::optional<WrittenDuration> WrittenDuration::of(const QString &text)
{
    static const QRegularExpression form(u"^([0-9]{1,10})([smhd]?)$"_s);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QString unit = match.captured(2);
    return WrittenDuration {.number = match.captured(1), .unit = unit.isEmpty() ? QChar(u's') : unit.front()};
}

qint64 WrittenDuration::seconds() const
{
    const qint64 in = unit == u'd' ? 86'400 : unit == u'h' ? 3'600 : unit == u'm' ? 60 : 1;
    return number.toLongLong() * in;
}

std::optional<WrittenRate> WrittenRate::of(const QString &text)
{
    static const QRegularExpression form(u"^([^/ ]*)/([^/ ]*)(?: burst ([^/ ]*))?$"_s);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return WrittenRate {.amount = match.captured(1), .period = match.captured(2), .burst = match.captured(3)};
}

QString WrittenRate::text() const
{
    const QString without = amount + u'/' + period;
    return burst.isEmpty() ? without : without + u" burst "_s + burst;
}

} // namespace warder
