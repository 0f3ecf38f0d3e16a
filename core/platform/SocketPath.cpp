#include "core/platform/SocketPath.h"

#include <QFileInfo>

#include <fcntl.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// sockaddr_un::sun_path, with its final NUL, on the system that has the least room.
constexpr qsizetype longest = 103;

} // namespace

SocketPath::SocketPath(const QString &path) : m_name(path)
{
    if (QFile::encodeName(path).size() <= longest)
        return;
    const QFileInfo file(path);
    m_folder = platform::Descriptor(::open(QFile::encodeName(file.path()).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (m_folder.isOpen())
        m_name = u"/proc/self/fd/%1/%2"_s.arg(m_folder.get()).arg(file.fileName());
}

} // namespace warder
