#include "core/net/gate/UnixSocketFile.h"

#include <QFile>

#ifdef Q_OS_UNIX
#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#endif

using namespace Qt::StringLiterals;

namespace warder {

#ifdef Q_OS_UNIX

namespace {

std::unexpected<Error> no(const QString &path, const QString &why, ErrorCode code = ErrorCode::ConfigInvalid)
{
    return refused(code, u"cannot listen on unix:%1: %2"_s.arg(path, why));
}

QString systemSays() { return qt_error_string(errno); }

QString whyNotBound(int error)
{
    if (error == ENOENT)
        return u"its folder does not exist: make it, or choose another path with http.listen"_s;
    if (error == EACCES)
        return u"no right to write into its folder: give it to the user that Warder runs as, or choose another path with http.listen"_s;
    return qt_error_string(error);
}

sockaddr_un addressOf(const QByteArray &path)
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    std::ranges::copy_n(path.constData(), std::min<qsizetype>(path.size(), sizeof address.sun_path - 1), address.sun_path);
    return address;
}

template <typename Call>
bool withAddress(Call call, int descriptor, const QByteArray &path)
{
    const sockaddr_un address = addressOf(path);
    return call(descriptor, reinterpret_cast<const sockaddr *>(&address), socklen_t(sizeof address)) == 0;
}

QString whyNotGiven(int error)
{
    if (error == EPERM)
        return u"make the server's user a member of it (for a service: SupplementaryGroups=)"_s;
    if (error == EINVAL)
        return u"the server runs in a user namespace that does not know it (for a service: set PrivateUsers=no)"_s;
    return qt_error_string(error);
}

/// Removes a socket that a crash has left; a refusal when the place is taken.
Result<void> clear(const QString &path, int probe)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat found {};
    if (::lstat(name.constData(), &found) != 0)
        return {};
    if (!S_ISSOCK(found.st_mode))
        return no(path, u"there is something that is no socket; remove it, or choose another path"_s);
    if (withAddress(::connect, probe, name))
        return no(path, u"another program listens there: stop it, or choose another path with http.listen"_s, ErrorCode::Conflict);
    if (errno == ECONNREFUSED && ::unlink(name.constData()) == 0)
        return {};
    return no(path, systemSays());
}

} // namespace

Result<UnixSocketFile> UnixSocketFile::listen(const QString &path, int backlog)
{
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto isClear = clear(path, probe);
    ::close(probe);
    if (!isClear)
        return refused(isClear);
    UnixSocketFile file;
    file.m_descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const QByteArray name = QFile::encodeName(path);
    if (file.m_descriptor < 0 || !withAddress(::bind, file.m_descriptor, name))
        return no(path, whyNotBound(errno));
    struct stat made {};
    if (::lstat(name.constData(), &made) == 0) {
        file.m_path = path;
        file.m_device = made.st_dev;
        file.m_inode = made.st_ino;
        file.m_group = made.st_gid;
    }
    if (::chmod(name.constData(), 0600) != 0 || ::listen(file.m_descriptor, backlog) != 0)
        return no(path, systemSays());
    return file;
}

Result<void> UnixSocketFile::restrict(int mode, const QString &group) const
{
    if (const auto given = giveTo(group); !given)
        return given;
    return ::chmod(QFile::encodeName(m_path).constData(), mode_t(mode)) == 0 ? Result<void>() : no(m_path, systemSays());
}

/// Asks for nothing that is so already: a folder can give its files a group that we could not.
Result<void> UnixSocketFile::giveTo(const QString &group) const
{
    const auto *known = group.isEmpty() ? nullptr : ::getgrnam(group.toLocal8Bit().constData());
    if (!known && !group.isEmpty())
        return no(m_path, u"there is no group %1"_s.arg(group));
    const gid_t wanted = known ? known->gr_gid : m_group;
    const QByteArray name = QFile::encodeName(m_path);
    struct stat found {};
    if (::lstat(name.constData(), &found) == 0 && found.st_gid == wanted)
        return {};
    if (::lchown(name.constData(), uid_t(-1), wanted) == 0)
        return {};
    return no(m_path, group.isEmpty() ? systemSays() : u"it cannot be given to the group %1: %2"_s.arg(group, whyNotGiven(errno)));
}

bool UnixSocketFile::isInPlace() const
{
    struct stat found {};
    return ::lstat(QFile::encodeName(m_path).constData(), &found) == 0 && found.st_dev == m_device && found.st_ino == m_inode;
}

void UnixSocketFile::remove()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
    if (!m_path.isEmpty() && isInPlace())
        ::unlink(QFile::encodeName(m_path).constData());
    m_path.clear();
}

#else

Result<UnixSocketFile> UnixSocketFile::listen(const QString &path, int)
{
    return refused(ErrorCode::ConfigInvalid, u"cannot listen on unix:%1: this system is served over addresses only"_s.arg(path));
}

Result<void> UnixSocketFile::restrict(int, const QString &) const { return {}; }

Result<void> UnixSocketFile::giveTo(const QString &) const { return {}; }

bool UnixSocketFile::isInPlace() const { return false; }

void UnixSocketFile::remove() {}

#endif

UnixSocketFile::~UnixSocketFile() { remove(); }

UnixSocketFile::UnixSocketFile(UnixSocketFile &&other) noexcept { *this = std::move(other); }

UnixSocketFile &UnixSocketFile::operator=(UnixSocketFile &&other) noexcept
{
    if (this == &other)
        return *this;
    remove();
    m_path = std::exchange(other.m_path, {});
    m_device = other.m_device;
    m_inode = other.m_inode;
    m_group = other.m_group;
    m_descriptor = std::exchange(other.m_descriptor, -1);
    return *this;
}

} // namespace warder
