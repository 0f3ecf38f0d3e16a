#include "core/base/TimeText.h"

#include <QDateTime>
#include <QTimeZone>

namespace warder {

std::optional<TimePoint> timeFromText(QStringView text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid())
        return std::nullopt;
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeZone(QTimeZone::UTC);
    return fromMilliseconds(time.toMSecsSinceEpoch());
}

} // namespace warder
