#pragma once

#include "core/base/Clock.h"

#include <QFile>

#include <memory>
#include <optional>
#include <utility>

/// What we ask of the system about files where Qt knows too little. Paths are taken as QFile takes them. A function that fails leaves the
/// reason in errno. Any thread.
namespace warder::platform {

using User = quint32; ///< 0: the administrator.

/// A file is another one, or has other content, if one of these differs.
struct FileVersion
{
    quint64 device = 0;
    quint64 inode = 0;
    qint64 size = 0;
    std::chrono::nanoseconds modified {0};

    bool operator==(const FileVersion &) const = default;
};

struct FileStatus
{
    enum class Kind { Regular, Folder, Link, Socket, Other };

    Kind kind = Kind::Other;
    int mode = 0; ///< Permissions, as chmod takes them.
    User owner = 0;
    quint32 group = 0;
    FileVersion version = {};

    bool isSameFile(const FileStatus &other) const
    {
        return version.device == other.version.device && version.inode == other.version.inode;
    }
};
std::optional<FileStatus> statusOf(int descriptor);
std::optional<FileStatus> statusOf(const QString &path);     ///< Of what links lead to.
std::optional<FileStatus> linkStatusOf(const QString &path); ///< Of a link itself.

/// An open file or folder; closed with it. Negative: it could not be opened.
class Descriptor final
{
public:
    explicit Descriptor(int descriptor = -1) : m_descriptor(descriptor) {}
    Descriptor(Descriptor &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~Descriptor();

    bool isOpen() const { return m_descriptor >= 0; }
    int get() const { return m_descriptor; }
    int letGo() { return std::exchange(m_descriptor, -1); }

private:
    int m_descriptor;
};

/// A file that is open for reading; its status is that of what was opened, which nobody can swap any more.
struct OpenFile
{
    std::unique_ptr<QFile> file;
    FileStatus status;
};
/// Returns at once for a FIFO. Nothing if it cannot be opened.
std::optional<OpenFile> openFile(const QString &path);

enum class Links { Follow, Refuse };
Descriptor openFolder(const QString &path, Links links = Links::Follow);
/// For reading and writing; never by way of a link. One that is made is its owner's alone.
Descriptor openLockFile(const QString &path, bool mayMake = true);

/// One for its owner alone (0700); success also where there is one.
bool makeFolder(const QString &path);
/// Whether we may look up names in it.
bool mayEnter(const QString &folder);
/// Of a link itself. Only the administrator may.
bool giveTo(const FileStatus &owner, const QString &path);

/// Puts `from` in the place of `to`, whole and at once.
bool replaceFile(const QString &from, const QString &to);
/// A second name for a file; false where there is something of that name, and where the file system has no such names.
bool linkFile(const QString &file, const QString &second);

/// What was written, or the names in a folder, survive a power cut.
bool sync(int descriptor);
void syncFolder(const QString &path);

/// What is left for us where a path lies.
struct Space
{
    quint64 total = 0;
    quint64 available = 0;
    quint64 files = 0; ///< 0: the file system does not count them.
    quint64 filesAvailable = 0;
};
std::optional<Space> spaceAt(const QString &path);

} // namespace warder::platform
