#include "core/storage/DataDirectory.h"

#include "core/platform/FileLock.h"
#include "core/platform/Process.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Kind = platform::FileStatus::Kind;

QString lockPath(const QString &directory) { return directory + "/warder.lock"_L1; }

QString holderOf(int lock)
{
    QFile file;
    const QByteArray text = file.open(lock, QIODevice::ReadOnly) ? file.read(32).trimmed() : QByteArray();
    return text.isEmpty() ? u"unknown"_s : QString::fromLatin1(text);
}

std::unexpected<Error> failed(const QString &what, const QString &path)
{
    return refused(ErrorCode::StorageFailure, u"the data directory %1 %2: %3"_s.arg(path, what, qt_error_string(errno)));
}

/// Whether it holds nothing but what we make, and what disks bring: /tmp or a home folder given by mistake is not ours.
bool isOurs(const QString &path)
{
    const QStringList names = QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    const auto isKnown = [](const QString &name) {
        static const QStringList known {u"master.key"_s, u"master.key.next"_s, u"console.sock"_s,   u"tls"_s,    u"window.ini"_s,
                                        u"lost+found"_s, u"mails"_s,           u"mail-templates"_s, u"backups"_s};
        return name.startsWith("warder."_L1) || known.contains(name);
    };
    return names.contains("warder.lock"_L1) || std::ranges::all_of(names, isKnown);
}

std::unexpected<Error> ofAnother(const QString &path, platform::User owner)
{
    const QString instead = owner == 0 ? u"choose another one with --data-dir, such as %1/warder, which is then made"_s.arg(path)
                                       : u"run this as that user (sudo -u), or choose another one with --data-dir"_s;
    return refused(ErrorCode::StorageFailure, u"the data directory %1 belongs to %2, and this is %3: %4"_s.arg(
                                                  path, platform::nameOf(owner), platform::nameOf(platform::currentUser()), instead));
}

Result<void> checkFolder(const QString &path)
{
    const auto status = platform::statusOf(path);
    if (!status)
        return failed(u"cannot be entered"_s, path);
    if (status->kind != Kind::Folder)
        return refused(ErrorCode::StorageFailure, u"%1 is not a directory"_s.arg(path));
    if (status->owner != platform::currentUser())
        return ofAnother(path, status->owner);
    if ((status->mode & 0022) != 0)
        return refused(ErrorCode::StorageFailure, u"others may write into the data directory %1: choose one that is not there yet, such as "
                                                  "%1/warder, or run chmod 700 on it if it is for Warder alone"_s.arg(path));
    if ((status->mode & 0055) != 0 && !isOurs(path))
        return refused(ErrorCode::StorageFailure, u"others may enter %1 and it holds other things: choose another data directory, or run "
                                                  "chmod 700 on it"_s.arg(path));
    return {};
}

/// One of ours, or none yet: a link would lead our writes elsewhere, and what an earlier command of another user left cannot be written.
Result<void> checkFile(const QString &path)
{
    const auto status = platform::linkStatusOf(path);
    if (!status)
        return {};
    if (status->kind == Kind::Link)
        return refused(ErrorCode::StorageFailure, u"%1 is a symbolic link: put the file itself there"_s.arg(path));
    if (status->kind != Kind::Regular)
        return refused(ErrorCode::StorageFailure, u"%1 is not a regular file: move it away"_s.arg(path));
    if (status->owner != platform::currentUser())
        return refused(ErrorCode::StorageFailure,
                       u"%1 belongs to %2, and this is %3: give it back with chown (did a command run as another user here?)"_s.arg(
                           path, platform::nameOf(status->owner), platform::nameOf(platform::currentUser())));
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
    if (!QDir().mkpath(QFileInfo(path).path()) || !platform::makeFolder(path))
        return failed(u"cannot be created"_s, path);
    return {};
}

/// Only who may make one finds an empty place good enough.
Result<void> checkThere(const QString &path)
{
    if (platform::linkStatusOf(path + "/warder.db"_L1) || (errno != ENOENT && errno != ENOTDIR))
        return {};
    return refused(ErrorCode::StorageFailure,
                   u"there is no Warder in the data directory %1: check --data-dir and WARDER_DATA_DIR, or use sudo for the system's "
                   "server (`warderd serve` and `warderd user add` make a new one there)"_s.arg(path));
}

std::unexpected<Error> held(const QString &path, int lock)
{
    return refused(ErrorCode::AlreadyRunning,
                   u"another Warder (process %1) runs on the data directory %2: stop it first, or choose another one "
                   "with --data-dir"_s.arg(holderOf(lock), path));
}

bool isSameFile(int descriptor, const QString &path)
{
    const auto opened = platform::statusOf(descriptor);
    const auto named = platform::linkStatusOf(path);
    return opened && named && opened->isSameFile(*named);
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
    const auto status = platform::statusOf(path);
    if (!status || status->kind != Kind::Folder) // what else is wrong comes to light when it is opened
        return {};
    if (status->owner != platform::currentUser() && platform::currentUser() != 0)
        return ofAnother(path, status->owner);
    return platform::mayEnter(path) ? Result<void>() : failed(u"cannot be entered"_s, path);
}

Result<DataDirectory> DataDirectory::open(const QString &path, Making making, Milliseconds patience)
{
    const auto ready = prepare(path, making);
    if (!ready)
        return refused(ready);
    const QString &absolute = *ready;
    if (const auto fit = checkFiles(absolute); !fit)
        return refused(fit);
    platform::Descriptor lock = platform::openLockFile(lockPath(absolute));
    platform::Descriptor folder = platform::openFolder(absolute);
    if (!lock.isOpen() || !folder.isOpen())
        return failed(u"is not writable"_s, absolute);
    if (!file_lock::take(lock.get(), patience))
        return errno == EAGAIN || errno == EACCES ? held(absolute, lock.get()) : failed(u"cannot be locked"_s, absolute);
    // Whoever holds the folder, too, has lost the lock's file to somebody's clean-up; ours must not be a lost one either.
    const bool isHeld = !file_lock::takeFolder(folder.get(), file_lock::Waiting::Never) && errno == EWOULDBLOCK;
    if (isHeld || !isSameFile(lock.get(), lockPath(absolute)))
        return held(absolute, lock.get());
    if (QFile file; file.open(lock.get(), QIODevice::ReadWrite | QIODevice::Unbuffered) && file.resize(0))
        file.write(QByteArray::number(QCoreApplication::applicationPid()) + '\n'); // a full disk takes none
    return DataDirectory(absolute, std::move(lock), std::move(folder));
}

bool DataDirectory::isInUse(const QString &path)
{
    const platform::Descriptor lock = platform::openLockFile(lockPath(QDir(path).absolutePath()), false);
    return lock.isOpen() && file_lock::isTaken(lock.get());
}

} // namespace warder
