#pragma once

#include "core/telemetry/LogLine.h"

#include <atomic>

namespace warder {

class Settings;

/// The log of the process. It is the one thing that is reached without a reference: a line must be possible from
/// anywhere, also from Qt's own messages and before anything is built, and no rule ever depends on it. Any thread.

struct LogSetup
{
    LogLevel level = LogLevel::Info;
    LogFormat format = LogFormat::Text; ///< Text becomes Journald where JOURNAL_STREAM says that the descriptor is systemd's.
    int descriptor = 2;                 ///< Where lines go; stderr but in tests.

    static LogSetup from(const Settings &settings);
};

/// Once at start and whenever the settings change. Any thread.
void configureLog(const LogSetup &setup);

/// Sends the messages of Qt (qWarning() and its kin) into this log as `qt_message`; a qFatal() is written before the program ends.
void routeQtMessagesToLog();

/// Waits until all lines so far are written, but not for a reader who stands still. exit() does it by itself.
void flushLog();

/// Lines since the start that could not be written: the reader stood still or was gone, or the disk was full.
quint64 droppedLogLines();

namespace detail {
extern std::atomic<LogLevel> lowestLevel;
void write(LogLevel level, QLatin1StringView event, LogFields fields);
} // namespace detail

/// One line, whole, in one write. `event` is a stable name in snake_case, the rest is fields:
/// `log(LogLevel::Info, "request"_L1, {{"route"_L1, route}, {"status"_L1, 200}})`.
/// Never waits for whoever reads stderr; see LogWriter for what becomes of a line that finds no room.
inline void log(LogLevel level, QLatin1StringView event, LogFields fields = {})
{
    if (level >= detail::lowestLevel.load(std::memory_order_relaxed))
        detail::write(level, event, fields);
}

} // namespace warder
