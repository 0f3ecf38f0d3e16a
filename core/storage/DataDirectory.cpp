#include "core/storage/DataDirectory.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QByteArray lockPath(const QString &directory)
{
    return QFile::encodeName(directory + "/warder.lock"_L1);
}

QString holderOf(int lock)
{
    std::array<char, 32> text {};
    const auto size = pread(lock, text.data(), text.size() - 1, 0);
    return size > 0 ? QString::fromLatin1(text.data(), size).trimmed() : u"unknown"_s;
}

std::unexpected<Error> failed(const QString &what, const QString &path)
{
    return refused(ErrorCode::StorageFailure, u"the data directory %1 %2: %3"_s.arg(path, what, qt_error_string(errno)));
}

/// Whether nobody misses it when others may not enter any more: /tmp or a home folder given by mistake is not ours.
bool isOurs(const QString &path)
{
    return QDir(path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot) || QFile::exists(path + "/warder.lock"_L1);
}

Result<void> makeOrClose(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || (::mkdir(name.constData(), 0700) != 0 && errno != EEXIST))
        return failed(u"cannot be created"_s, path);
    struct stat status {};
    if (::stat(name.constData(), &status) != 0)
        return failed(u"cannot be entered"_s, path);
    if (!S_ISDIR(status.st_mode))
        return refused(ErrorCode::StorageFailure, u"%1 is not a directory"_s.arg(path));
    if ((status.st_mode & 0077) == 0)
        return {};
    if (!isOurs(path))
        return refused(ErrorCode::StorageFailure, u"others may enter %1 and it holds other things: choose another data directory, or run "
                                                  "chmod 700 on it"_s.arg(path));
    if (::chmod(name.constData(), 0700) != 0)
        return failed(u"cannot be closed to others"_s, path);
    return {};
}

/// A lock of the open file, not of the process: asking does not take it, and it goes when its holder dies.
struct flock wholeFile()
{
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

} // namespace

Result<QString> DataDirectory::prepare(const QString &path)
{
    const QString absolute = QDir(path).absolutePath();
    const auto ready = makeOrClose(absolute);
    return ready ? Result<QString>(absolute) : refused(ready);
}

Result<DataDirectory> DataDirectory::open(const QString &path)
{
    const auto ready = prepare(path);
    if (!ready)
        return refused(ready);
    const QString &absolute = *ready;
    const int lock = ::open(lockPath(absolute).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0)
        return failed(u"is not writable"_s, absolute);
    DataDirectory directory(absolute, lock);
    struct flock wanted = wholeFile();
    if (fcntl(lock, F_OFD_SETLK, &wanted) != 0) {
        if (errno != EAGAIN && errno != EACCES)
            return failed(u"cannot be locked"_s, absolute);
        return refused(ErrorCode::AlreadyRunning, u"another Warder (process %1) runs on the data directory %2: stop it first, or "
                                                  "choose another one with --data-dir"_s.arg(holderOf(lock), absolute));
    }
    const QByteArray pid = QByteArray::number(getpid()) + '\n';
    if (ftruncate(lock, 0) != 0 || pwrite(lock, pid.constData(), size_t(pid.size()), 0) < 0)
        return failed(u"is not writable"_s, absolute);
    return directory;
}

bool DataDirectory::isInUse(const QString &path)
{
    const int lock = ::open(lockPath(QDir(path).absolutePath()).constData(), O_RDWR | O_CLOEXEC);
    if (lock < 0)
        return false;
    struct flock found = wholeFile();
    const bool taken = fcntl(lock, F_OFD_GETLK, &found) == 0 && found.l_type != F_UNLCK;
    ::close(lock);
    return taken;
}

DataDirectory::DataDirectory(DataDirectory &&other) noexcept
    : m_path(std::move(other.m_path)), m_lock(std::exchange(other.m_lock, -1))
{
}

DataDirectory &DataDirectory::operator=(DataDirectory &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_lock, other.m_lock);
    return *this;
}

DataDirectory::~DataDirectory()
{
    if (m_lock >= 0)
        ::close(m_lock);
}

} // namespace warder
