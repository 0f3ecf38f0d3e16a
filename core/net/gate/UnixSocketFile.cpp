#include "core/net/gate/UnixSocketFile.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace warder {
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
Result<void> clear(const QString &path)
{
    const auto found = platform::linkStatusOf(path);
    if (!found)
        return {};
    if (found->kind != platform::FileStatus::Kind::Socket)
        return no(path, u"there is something that is no socket; remove it, or choose another path"_s);
    const platform::Descriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const QByteArray name = QFile::encodeName(path);
    if (withAddress(::connect, probe.get(), name))
        return no(path, u"another program listens there: stop it, or choose another path with http.listen"_s, ErrorCode::AddressTaken);
    if (errno == ECONNREFUSED && ::unlink(name.constData()) == 0)
        return {};
    return no(path, systemSays());
}

} // namespace

UnixSocketFile::UnixSocketFile(QString path, platform::Descriptor descriptor)
    : m_path(std::move(path)), m_made(platform::linkStatusOf(m_path).value_or(platform::FileStatus())), m_descriptor(std::move(descriptor))
{}

UnixSocketFile::~UnixSocketFile()
{
    if (isInPlace())
        ::unlink(QFile::encodeName(m_path).constData());
}

Result<std::unique_ptr<UnixSocketFile>> UnixSocketFile::listen(const QString &path, int backlog)
{
    if (const auto cleared = clear(path); !cleared)
        return refused(cleared);
    platform::Descriptor descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const QByteArray name = QFile::encodeName(path);
    if (!descriptor.isOpen() || !withAddress(::bind, descriptor.get(), name))
        return no(path, whyNotBound(errno));
    std::unique_ptr<UnixSocketFile> file(new UnixSocketFile(path, std::move(descriptor)));
    if (::chmod(name.constData(), 0600) != 0 || ::listen(file->m_descriptor.get(), backlog) != 0)
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
    const gid_t wanted = known ? known->gr_gid : m_made.group;
    const auto found = platform::linkStatusOf(m_path);
    if ((found && found->group == wanted) || ::lchown(QFile::encodeName(m_path).constData(), uid_t(-1), wanted) == 0)
        return {};
    return no(m_path, group.isEmpty() ? systemSays() : u"it cannot be given to the group %1: %2"_s.arg(group, whyNotGiven(errno)));
}

bool UnixSocketFile::isInPlace() const
{
    const auto found = platform::linkStatusOf(m_path);
    return found && found->isSameFile(m_made);
}

} // namespace warder
