#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QByteArray>

#include <concepts>
#include <initializer_list>
#include <variant>

namespace warder {

enum class LogLevel { Debug, Info, Warning, Error };
enum class LogFormat { Text, Json, Journald };

/// What a field may hold. There is no form for headers, bodies or bytes: those never belong in a log.
class LogValue final
{
public:
    LogValue(const QString &text) : m_value(text) {}
    LogValue(QStringView text) : m_value(text.toString()) {}
    LogValue(QLatin1StringView text) : m_value(QString(text)) {}
    LogValue(const Id &id) : m_value(id.toString()) {}
    LogValue(bool value) : m_value(value) {}
    LogValue(std::integral auto value) : m_value(qint64(value)) {}
    LogValue(std::floating_point auto value) : m_value(double(value)) {}
    LogValue(const char *) = delete;
    LogValue(const QByteArray &) = delete;

    const auto &value() const { return m_value; }

private:
    std::variant<QString, qint64, double, bool> m_value;
};

struct LogField
{
    QLatin1StringView key;
    LogValue value;
};

using LogFields = std::initializer_list<LogField>;

/// One line with its line feed, UTF-8. Control and format characters, quotes and lone surrogates of values are escaped as in
/// JSON, so that no client can forge a line or steer a terminal; a value over 1024 characters is cut and ends in `…`.
/// Pure; any thread.
QByteArray logLine(LogFormat format, LogLevel level, QLatin1StringView event, LogFields fields, TimePoint now);

} // namespace warder
