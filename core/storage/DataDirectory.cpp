#include "core/storage/DataDirectory.h"

#include "core/storage/FileLock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QByteArray lockPath(const QString &directory) { return QFile::encodeName(directory + "/warder.lock"_L1); }

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

QString nameOf(uid_t user)
{
    const passwd *found = ::getpwuid(user);
    return found ? u"%1 (uid %2)"_s.arg(QString::fromLocal8Bit(found->pw_name)).arg(user) : u"uid %1"_s.arg(user);
}

/// Whether it holds nothing but what we make, and what disks bring: /tmp or a home folder given by mistake is not ours.
bool isOurs(const QString &path)
{
    const QStringList names = QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    const auto isKnown = [](const QString &name) {
        static const QStringList known {u"master.key"_s, u"console.sock"_s, u"tls"_s, u"window.ini"_s, u"lost+found"_s};
        return name.startsWith("warder."_L1) || known.contains(name);
    };
    return names.contains("warder.lock"_L1) || std::ranges::all_of(names, isKnown);
}

std::unexpected<Error> ofAnother(const QString &path, uid_t owner)
{
    const QString instead = owner == 0 ? u"choose another one with --data-dir, such as %1/warder, which is then made"_s.arg(path)
                                       : u"run this as that user (sudo -u), or choose another one with --data-dir"_s;
    return refused(ErrorCode::StorageFailure,
                   u"the data directory %1 belongs to %2, and this is %3: %4"_s.arg(path, nameOf(owner), nameOf(::geteuid()), instead));
}

Result<void> checkFolder(const QString &path)
{
    struct stat status {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return failed(u"cannot be entered"_s, path);
    if (!S_ISDIR(status.st_mode))
        return refused(ErrorCode::StorageFailure, u"%1 is not a directory"_s.arg(path));
    if (status.st_uid != ::geteuid())
        return ofAnother(path, status.st_uid);
    if ((status.st_mode & 0022) != 0)
        return refused(ErrorCode::StorageFailure, u"others may write into the data directory %1: choose one that is not there yet, such as "
                                                  "%1/warder, or run chmod 700 on it if it is for Warder alone"_s.arg(path));
    if ((status.st_mode & 0055) != 0 && !isOurs(path))
        return refused(ErrorCode::StorageFailure, u"others may enter %1 and it holds other things: choose another data directory, or run "
                                                  "chmod 700 on it"_s.arg(path));
    return {};
}

/// One of ours, or none yet: a link would lead our writes elsewhere, and what an earlier command of another user left cannot be written.
Result<void> checkFile(const QString &path)
{
    struct stat status {};
    if (::lstat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
    if (S_ISLNK(status.st_mode))
        return refused(ErrorCode::StorageFailure, u"%1 is a symbolic link: put the file itself there"_s.arg(path));
    if (!S_ISREG(status.st_mode))
        return refused(ErrorCode::StorageFailure, u"%1 is not a regular file: move it away"_s.arg(path));
    if (status.st_uid != ::geteuid())
        return refused(ErrorCode::StorageFailure,
                       u"%1 belongs to %2, and this is %3: give it back with chown (did a command run as another user here?)"_s.arg(
                           path, nameOf(status.st_uid), nameOf(::geteuid())));
    return {};
}

Result<void> checkFiles(const QString &folder)
{
    for (const auto name : {"warder.lock"_L1, "warder.db"_L1, "warder.db-wal"_L1, "warder.db-shm"_L1}) {
        if (const auto fit = checkFile(folder + u'/' + name); !fit)
            return fit;
    }
    return {};
}

Result<void> make(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || (::mkdir(name.constData(), 0700) != 0 && errno != EEXIST))
        return failed(u"cannot be created"_s, path);
    return {};
}

/// Only who may make one finds an empty place good enough.
Result<void> checkThere(const QString &path)
{
    struct stat status {};
    const bool there = ::lstat(QFile::encodeName(path + "/warder.db"_L1).constData(), &status) == 0;
    if (there || (errno != ENOENT && errno != ENOTDIR))
        return {};
    return refused(ErrorCode::StorageFailure,
                   u"there is no Warder in the data directory %1: check --data-dir and WARDER_DATA_DIR (`warderd serve` and "
                   "`warderd user add` make a new one there)"_s.arg(path));
}

std::unexpected<Error> held(const QString &path, int lock)
{
    return refused(ErrorCode::AlreadyRunning,
                   u"another Warder (process %1) runs on the data directory %2: stop it first, or choose another one "
                   "with --data-dir"_s.arg(holderOf(lock), path));
}

/// Closes what it holds, unless let go.
class Descriptor final
{
public:
    explicit Descriptor(int descriptor) : m_descriptor(descriptor) {}
    ~Descriptor()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)
    int get() const { return m_descriptor; }
    int letGo() { return std::exchange(m_descriptor, -1); }

private:
    int m_descriptor;
};

bool isSameFile(int descriptor, const QByteArray &path)
{
    struct stat opened {};
    struct stat named {};
    return ::fstat(descriptor, &opened) == 0 && ::lstat(path.constData(), &named) == 0 && opened.st_dev == named.st_dev
           && opened.st_ino == named.st_ino;
}

} // namespace

Result<QString> DataDirectory::prepare(const QString &path, Making making)
{
    const QString absolute = QDir(path).absolutePath();
    const auto ready = (making == Making::Never ? checkThere(absolute) : make(absolute)).and_then([&] { return checkFolder(absolute); });
    return ready ? Result<QString>(absolute) : refused(ready);
}

Result<void> DataDirectory::mayBeRead(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat status {};
    if (::stat(name.constData(), &status) != 0 || !S_ISDIR(status.st_mode)) // what else is wrong comes to light when it is opened
        return {};
    if (status.st_uid != ::geteuid() && ::geteuid() != 0)
        return ofAnother(path, status.st_uid);
    return ::access(name.constData(), X_OK) == 0 ? Result<void>() : failed(u"cannot be entered"_s, path);
}

Result<DataDirectory> DataDirectory::open(const QString &path, Making making, Milliseconds patience)
{
    const auto ready = prepare(path, making);
    if (!ready)
        return refused(ready);
    const QString &absolute = *ready;
    if (const auto fit = checkFiles(absolute); !fit)
        return refused(fit);
    Descriptor lock(::open(lockPath(absolute).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
    Descriptor folder(::open(QFile::encodeName(absolute).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (lock.get() < 0 || folder.get() < 0)
        return failed(u"is not writable"_s, absolute);
    if (!file_lock::take(lock.get(), patience))
        return errno == EAGAIN || errno == EACCES ? held(absolute, lock.get()) : failed(u"cannot be locked"_s, absolute);
    // Whoever holds the folder, too, has lost the lock's file to somebody's clean-up; ours must not be a lost one either.
    if ((::flock(folder.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) || !isSameFile(lock.get(), lockPath(absolute)))
        return held(absolute, lock.get());
    const QByteArray pid = QByteArray::number(getpid()) + '\n';
    [[maybe_unused]] const bool told =
        ftruncate(lock.get(), 0) == 0 && pwrite(lock.get(), pid.constData(), size_t(pid.size()), 0) > 0; // not on a full disk
    return DataDirectory(absolute, folder.letGo(), lock.letGo());
}

bool DataDirectory::isInUse(const QString &path)
{
    const Descriptor lock(::open(lockPath(QDir(path).absolutePath()).constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    return lock.get() >= 0 && file_lock::isTaken(lock.get());
}

DataDirectory::DataDirectory(DataDirectory &&other) noexcept
    : m_path(std::move(other.m_path)), m_folder(std::exchange(other.m_folder, -1)), m_lock(std::exchange(other.m_lock, -1))
{}

DataDirectory &DataDirectory::operator=(DataDirectory &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_folder, other.m_folder);
    std::swap(m_lock, other.m_lock);
    return *this;
}

DataDirectory::~DataDirectory()
{
    for (const int descriptor : {m_folder, m_lock}) { // in this order: who waits for the lock finds the folder free
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

} // namespace warder
