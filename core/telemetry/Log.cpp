#include "core/telemetry/Log.h"

#include "core/config/Settings.h"
#include "core/platform/Files.h"
#include "core/telemetry/LogWriter.h"

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace warder {

std::atomic<LogLevel> detail::lowestLevel {LogLevel::Info};

namespace {

std::atomic<LogFormat> chosenFormat {LogFormat::Text};

/// How long who reads the log may stand still before we end without them.
constexpr Milliseconds patience {500};

QByteArray noticeOf(quint64 dropped)
{
    return logLine(chosenFormat, LogLevel::Warning, "log_lines_dropped"_L1,
                   {{"lines"_L1, dropped}, {"why"_L1, u"%1 lines were dropped: who reads the log did not take them"_s.arg(dropped)}},
                   SystemClock().now());
}

LogWriter &writer()
{
    static LogWriter &forEver = [] -> LogWriter & {
        auto *made = new LogWriter(noticeOf); // never deleted: its thread may wait for a reader when the process ends
        std::atexit(flushLog);
        return *made;
    }();
    return forEver;
}

/// systemd names in JOURNAL_STREAM what it gave us; whoever started us may have put another stream in its place (systemd.exec(5)).
bool isOfJournal(int descriptor)
{
    const auto status = platform::statusOf(descriptor);
    return status
           && qgetenv("JOURNAL_STREAM") == QByteArray::number(status->version.device) + ':' + QByteArray::number(status->version.inode);
}

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:    return LogLevel::Debug;
    case QtInfoMsg:     return LogLevel::Info;
    case QtWarningMsg:  return LogLevel::Warning;
    case QtCriticalMsg:
    case QtFatalMsg:    return LogLevel::Error;
    }
    Q_UNREACHABLE_RETURN(LogLevel::Error);
}

void onQtMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    log(levelOf(type), "qt_message"_L1, {{"category"_L1, QLatin1StringView(context.category)}, {"text"_L1, message}});
    if (type == QtFatalMsg)
        flushLog();
}

} // namespace

LogSetup LogSetup::from(const Settings &settings)
{
    static const QHash<QString, LogLevel> levels {
        {u"debug"_s, LogLevel::Debug}, {u"info"_s, LogLevel::Info}, {u"warning"_s, LogLevel::Warning}, {u"error"_s, LogLevel::Error}};
    static const QHash<QString, LogFormat> formats {
        {u"text"_s, LogFormat::Text}, {u"json"_s, LogFormat::Json}, {u"journald"_s, LogFormat::Journald}};
    return {.level = levels.value(settings.get<"log.level">()), .format = formats.value(settings.get<"log.format">())};
}

void configureLog(const LogSetup &setup)
{
    chosenFormat = setup.format == LogFormat::Text && isOfJournal(setup.descriptor) ? LogFormat::Journald : setup.format;
    writer().setDescriptor(setup.descriptor);
    detail::lowestLevel = setup.level;
}

void routeQtMessagesToLog() { qInstallMessageHandler(onQtMessage); }

void flushLog() { (void)writer().flush(patience); }

quint64 droppedLogLines() { return writer().dropped(); }

void detail::write(LogLevel level, QLatin1StringView event, LogFields fields)
{
    writer().write(logLine(chosenFormat, level, event, fields, SystemClock().now()));
}

} // namespace warder
