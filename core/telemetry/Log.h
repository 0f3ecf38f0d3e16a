#pragma once

#include "core/telemetry/LogLine.h"

#include <atomic>

namespace warder {

/// The log of the process. It is the one thing that is reached without a reference: a line must be possible from
/// anywhere, also from Qt's own messages and before anything is built, and no rule ever depends on it. Any thread.

struct LogSetup
{
    LogLevel level = LogLevel::Info;
    LogFormat format = LogFormat::Text;    ///< Text becomes Journald where JOURNAL_STREAM says that systemd listens.
    int descriptor = 2;                    ///< Where lines go; stderr but in tests.
};

/// "debug", "info", "warning", "error" and "text", "json", "journald", as settings have checked them.
LogSetup logSetupFrom(QStringView level, QStringView format);

/// Once at start and whenever the settings change. Any thread.
void configureLog(const LogSetup &setup);

/// Sends the messages of Qt (qWarning() and its kin) into this log as `qt_message`.
void routeQtMessagesToLog();

namespace detail {
extern std::atomic<LogLevel> lowestLevel;
void write(LogLevel level, QLatin1StringView event, LogFields fields);
}

/// One line, whole, in one write. `event` is a stable name in snake_case, the rest is fields:
/// `log(LogLevel::Info, "request"_L1, {{"route"_L1, route}, {"status"_L1, 200}})`.
/// May wait if whoever reads stderr does not. A line that cannot be written is lost.
inline void log(LogLevel level, QLatin1StringView event, LogFields fields = {})
{
    if (level >= detail::lowestLevel.load(std::memory_order_relaxed))
        detail::write(level, event, fields);
}

} // namespace warder
