#include "core/base/Clock.h"

#include <QDateTime>
#include <QTimeZone>

namespace warder {

QString toText(TimePoint time)
{
    return QDateTime::fromMSecsSinceEpoch(toMilliseconds(time), QTimeZone::UTC).toString(Qt::ISODateWithMs);
}

TimePoint SystemClock::now() const
{
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
}

} // namespace warder
