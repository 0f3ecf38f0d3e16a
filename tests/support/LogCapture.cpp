#include "tests/support/LogCapture.h"

#include "core/telemetry/Log.h"

namespace warder::test {

LogCapture::LogCapture()
{
    if (!m_file.open())
        qFatal("no temporary file");
    configureLog({.level = LogLevel::Debug, .format = LogFormat::Text, .descriptor = m_file.handle()});
    routeQtMessagesToLog();
}

LogCapture::~LogCapture()
{
    configureLog({});
    qInstallMessageHandler(nullptr);
}

QByteArray LogCapture::text() const
{
    flushLog();
    QFile file(m_file.fileName());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace warder::test
