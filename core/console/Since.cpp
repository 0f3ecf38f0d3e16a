#include "core/console/Since.h"

#include "core/config/Duration.h"

#include <QDateTime>

namespace warder {

std::optional<Since> Since::fromText(QStringView text, const QTimeZone &zone)
{
    constexpr qsizetype lengthOfDay = 10;                           // "2026-10-01"
    const bool hasUnit = !text.isEmpty() && text.back().isLetter(); // else a year were a span of seconds
    if (const auto span = parseDuration(text); span && hasUnit)
        return *span > Seconds {0} ? std::optional(Since(*span)) : std::nullopt;
    const QDate day = text.size() == lengthOfDay ? QDate::fromString(text, Qt::ISODate) : QDate();
    QDateTime time = day.isValid() ? day.startOfDay(zone) : QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid())
        return std::nullopt;
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeZone(zone);
    return Since(fromMilliseconds(time.toMSecsSinceEpoch()));
}

QString Since::text() const
{
    return std::visit([](const auto &from) { return toText(from); }, m_from);
}

TimePoint Since::begin(TimePoint now) const
{
    const auto *before = std::get_if<Seconds>(&m_from);
    return before ? now - *before : std::get<TimePoint>(m_from);
}

} // namespace warder
