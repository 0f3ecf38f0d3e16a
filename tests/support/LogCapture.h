#pragma once

#include <QByteArray>
#include <QTemporaryFile>

namespace warder::test {

/// While it lives every line of the log, also debug ones, goes into a file.
class LogCapture final
{
public:
    LogCapture();
    ~LogCapture();
    QByteArray text() const;

private:
    QTemporaryFile m_file;
};

} // namespace warder::test
