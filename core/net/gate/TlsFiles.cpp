#include "core/net/gate/TlsFiles.h"

#include <QFile>

#include <sys/stat.h>

namespace warder {

TlsFiles::TlsFiles(QString certificateFile, QString keyFile) : m_certificateFile(std::move(certificateFile)), m_keyFile(std::move(keyFile))
{}

TlsFiles::Trace TlsFiles::traceOf(const QString &path)
{
    struct stat status {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
#ifdef __APPLE__
    const timespec &modified = status.st_mtimespec;
#else
    const timespec &modified = status.st_mtim;
#endif
    return {.seconds = modified.tv_sec,
            .nanoseconds = modified.tv_nsec,
            .size = status.st_size,
            .inode = status.st_ino,
            .device = quint64(status.st_dev)};
}

bool TlsFiles::haveChanged() const { return m_seen != traces(); }

Result<std::shared_ptr<const TlsContext>> TlsFiles::load()
{
    const Traces before = traces(); // what changes while we read must count as a change
    auto loaded = TlsContext::load(m_certificateFile, m_keyFile);
    if (loaded)
        m_seen = before;
    return loaded;
}

} // namespace warder
