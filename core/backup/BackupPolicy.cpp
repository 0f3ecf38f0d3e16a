#include "core/backup/BackupPolicy.h"

#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {

BackupPolicy BackupPolicy::from(const Settings &settings, const QString &dataDirectory)
{
    const QString chosen = settings.get<"backup.directory">();
    return {.every = settings.get<"backup.every">(),
            .kept = int(settings.get<"backup.keep">()),
            .directory = QDir::cleanPath(chosen.isEmpty() ? dataDirectory + "/backups"_L1 : chosen)};
}

bool BackupPolicy::isDue(std::optional<TimePoint> last, std::optional<TimePoint> tried, TimePoint now) const
{
    const auto isPast = [now](const std::optional<TimePoint> &then, Milliseconds span) {
        return !then || now < *then || now - *then >= span;
    };
    return isAutomatic() && isPast(last, every) && isPast(tried, std::min(every, triedAgainAfter));
}

bool BackupPolicy::isOverdue(std::optional<TimePoint> last, TimePoint startedAt, TimePoint now) const
{
    constexpr Milliseconds week = std::chrono::days {7};
    constexpr Milliseconds twoDays = std::chrono::days {2};
    constexpr Milliseconds settling = std::chrono::hours {1};
    if (last)
        return std::chrono::abs(now - *last) > (isAutomatic() ? std::max(2 * every, twoDays) : week);
    return !isAutomatic() || now - startedAt > settling;
}

} // namespace warder
