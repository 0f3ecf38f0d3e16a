#include "core/telemetry/Log.h"

#include <cerrno>
#include <mutex>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace warder {

std::atomic<LogLevel> detail::lowestLevel {LogLevel::Info};

namespace {

std::atomic<LogFormat> chosenFormat {LogFormat::Text};
std::atomic<int> chosenDescriptor {2};

qint64 writeSome(int descriptor, QByteArrayView bytes)
{
#ifdef Q_OS_WIN
    return _write(descriptor, bytes.data(), unsigned(bytes.size()));
#else
    return ::write(descriptor, bytes.data(), size_t(bytes.size()));
#endif
}

/// One write a line; the lock keeps lines whole where a pipe takes only a part of a long one.
void writeLine(QByteArrayView line)
{
    static std::mutex mutex;
    const std::scoped_lock lock(mutex);
    while (!line.isEmpty()) {
        const qint64 written = writeSome(chosenDescriptor, line);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        line = line.sliced(written);
    }
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
}

} // namespace

LogSetup logSetupFrom(QStringView level, QStringView format)
{
    static const QHash<QStringView, LogLevel> levels {{u"debug", LogLevel::Debug}, {u"info", LogLevel::Info},
                                                      {u"warning", LogLevel::Warning}, {u"error", LogLevel::Error}};
    static const QHash<QStringView, LogFormat> formats {{u"text", LogFormat::Text}, {u"json", LogFormat::Json},
                                                        {u"journald", LogFormat::Journald}};
    return {.level = levels.value(level, LogLevel::Info), .format = formats.value(format, LogFormat::Text), .descriptor = 2};
}

void configureLog(const LogSetup &setup)
{
    const bool systemdListens = qEnvironmentVariableIsSet("JOURNAL_STREAM");
    chosenFormat = setup.format == LogFormat::Text && systemdListens ? LogFormat::Journald : setup.format;
    chosenDescriptor = setup.descriptor;
    detail::lowestLevel = setup.level;
}

void routeQtMessagesToLog()
{
    qInstallMessageHandler(onQtMessage);
}

void detail::write(LogLevel level, QLatin1StringView event, LogFields fields)
{
    writeLine(logLine(chosenFormat, level, event, fields, SystemClock().now()));
}

} // namespace warder
