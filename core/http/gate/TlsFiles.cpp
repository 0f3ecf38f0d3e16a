#include "core/http/gate/TlsFiles.h"

#include <QDateTime>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace warder {

TlsFiles::Mark TlsFiles::markOf(const QString &path)
{
    const QFileInfo info(path);
    quint64 inode = 0;
#ifdef Q_OS_UNIX
    struct stat found {};
    if (::stat(QFile::encodeName(path).constData(), &found) == 0)
        inode = found.st_ino;
#endif
    return {info.lastModified().toMSecsSinceEpoch(), info.size(), inode};
}

Result<std::shared_ptr<const TlsContext>> TlsFiles::load()
{
    const Marks before = marks();          // what is written while we read counts as a change
    auto context = TlsContext::load(m_certificate, m_key);
    if (context)
        m_loaded = before;
    return context;
}

bool TlsFiles::haveChanged() const { return marks() != m_loaded; }

} // namespace warder
