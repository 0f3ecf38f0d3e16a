#include "core/storage/DataDirectory.h"

#include <QDir>
#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
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

Result<void> prepare(const QString &path)
{
    if (!QDir().mkpath(path))
        return refused(ErrorCode::StorageFailure, u"the data directory %1 cannot be created: %2"_s.arg(path, qt_error_string(errno)));
    struct stat status {};
    const QByteArray name = QFile::encodeName(path);
    if (::stat(name.constData(), &status) != 0 || (status.st_uid == geteuid() && chmod(name.constData(), 0700) != 0))
        return refused(ErrorCode::StorageFailure, u"the data directory %1 cannot be closed to others: %2"_s.arg(path, qt_error_string(errno)));
    return {};
}

} // namespace

Result<DataDirectory> DataDirectory::open(const QString &path)
{
    const QString absolute = QDir(path).absolutePath();
    if (const auto ready = prepare(absolute); !ready)
        return refused(ready);
    const int lock = ::open(lockPath(absolute).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0)
        return refused(ErrorCode::StorageFailure, u"the data directory %1 is not writable: %2"_s.arg(absolute, qt_error_string(errno)));
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        const QString holder = holderOf(lock);
        ::close(lock);
        return refused(ErrorCode::AlreadyRunning, u"another Warder (process %1) runs on the data directory %2: stop it first, or "
                                                  "choose another one with --data-dir"_s.arg(holder, absolute));
    }
    const QByteArray pid = QByteArray::number(getpid()) + '\n';
    if (ftruncate(lock, 0) != 0 || pwrite(lock, pid.constData(), size_t(pid.size()), 0) < 0) {
        ::close(lock);
        return refused(ErrorCode::StorageFailure, u"the data directory %1 is not writable: %2"_s.arg(absolute, qt_error_string(errno)));
    }
    return DataDirectory(absolute, lock);
}

bool DataDirectory::isInUse(const QString &path)
{
    const int lock = ::open(lockPath(QDir(path).absolutePath()).constData(), O_RDWR | O_CLOEXEC);
    if (lock < 0)
        return false;
    const bool taken = flock(lock, LOCK_EX | LOCK_NB) != 0;
    ::close(lock); // lets go of a lock we took
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
