#include "core/platform/Files.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace warder::platform {
namespace {

FileStatus::Kind kindOf(mode_t mode)
{
    if (S_ISREG(mode))
        return FileStatus::Kind::Regular;
    if (S_ISDIR(mode))
        return FileStatus::Kind::Folder;
    if (S_ISSOCK(mode))
        return FileStatus::Kind::Socket;
    return S_ISLNK(mode) ? FileStatus::Kind::Link : FileStatus::Kind::Other;
}

FileStatus toStatus(const struct stat &found)
{
#ifdef __APPLE__
    const timespec &modified = found.st_mtimespec;
#else
    const timespec &modified = found.st_mtim;
#endif
    return {.kind = kindOf(found.st_mode),
            .mode = int(found.st_mode & 07777),
            .owner = found.st_uid,
            .group = found.st_gid,
            .version = {.device = quint64(found.st_dev),
                        .inode = found.st_ino,
                        .size = found.st_size,
                        .modified = Seconds {modified.tv_sec} + std::chrono::nanoseconds {modified.tv_nsec}}};
}

QByteArray native(const QString &path) { return QFile::encodeName(path); }

} // namespace

std::optional<FileStatus> statusOf(int descriptor)
{
    struct stat found {};
    return ::fstat(descriptor, &found) == 0 ? std::optional(toStatus(found)) : std::nullopt;
}

std::optional<FileStatus> statusOf(const QString &path)
{
    struct stat found {};
    return ::stat(native(path).constData(), &found) == 0 ? std::optional(toStatus(found)) : std::nullopt;
}

std::optional<FileStatus> linkStatusOf(const QString &path)
{
    struct stat found {};
    return ::lstat(native(path).constData(), &found) == 0 ? std::optional(toStatus(found)) : std::nullopt;
}

Descriptor::~Descriptor()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

std::optional<OpenFile> openFile(const QString &path)
{
    Descriptor opened(::open(native(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    const auto status = opened.isOpen() ? statusOf(opened.get()) : std::nullopt;
    if (!status)
        return std::nullopt;
    auto file = std::make_unique<QFile>();
    if (!file->open(opened.letGo(), QIODevice::ReadOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle))
        return std::nullopt;
    return OpenFile {.file = std::move(file), .status = *status};
}

Descriptor openFolder(const QString &path, Links links)
{
    const int refusing = links == Links::Refuse ? O_NOFOLLOW : 0;
    return Descriptor(::open(native(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | refusing));
}

Descriptor openLockFile(const QString &path, bool mayMake)
{
    return Descriptor(::open(native(path).constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (mayMake ? O_CREAT : 0), 0600));
}

bool makeFolder(const QString &path) { return ::mkdir(native(path).constData(), 0700) == 0 || errno == EEXIST; }

bool mayEnter(const QString &folder) { return ::access(native(folder).constData(), X_OK) == 0; }

bool giveTo(const FileStatus &owner, const QString &path) { return ::lchown(native(path).constData(), owner.owner, owner.group) == 0; }

bool replaceFile(const QString &from, const QString &to) { return ::rename(native(from).constData(), native(to).constData()) == 0; }

bool linkFile(const QString &file, const QString &second) { return ::link(native(file).constData(), native(second).constData()) == 0; }

bool sync(int descriptor) { return ::fsync(descriptor) == 0; }

void syncFolder(const QString &path)
{
    if (const Descriptor folder = openFolder(path); folder.isOpen())
        (void)sync(folder.get());
}

std::optional<Space> spaceAt(const QString &path)
{
    struct statvfs found {};
    if (::statvfs(native(path).constData(), &found) != 0 || found.f_blocks == 0)
        return std::nullopt;
    return Space {.total = quint64(found.f_blocks) * found.f_frsize,
                  .available = quint64(found.f_bavail) * found.f_frsize,
                  .files = found.f_files,
                  .filesAvailable = found.f_favail};
}

} // namespace warder::platform
