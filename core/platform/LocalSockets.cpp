#include "core/platform/LocalSockets.h"

#include <array>
#include <sys/socket.h>
#include <unistd.h>

namespace warder::platform {

std::pair<Descriptor, Descriptor> socketPair()
{
    std::array<int, 2> ends {-1, -1};
    (void)::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data());
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

bool isLocalSocket(int descriptor)
{
    sockaddr_storage peer {};
    socklen_t size = sizeof peer;
    return ::getpeername(descriptor, reinterpret_cast<sockaddr *>(&peer), &size) == 0 && peer.ss_family == AF_UNIX;
}

void becomeStandardInput(int descriptor) { (void)::dup2(descriptor, STDIN_FILENO); }

bool isListenedBelow(const QString &folder)
{
    constexpr qsizetype flags = 3; // "Num RefCount Protocol Flags Type St Inode Path", with one of two blanks
    const QByteArray below = ' ' + QFile::encodeName(folder) + '/';
    QFile table(QStringLiteral("/proc/net/unix"));
    if (!table.open(QIODevice::ReadOnly))
        return false;
    for (QByteArray line = table.readLine(); !line.isEmpty(); line = table.readLine()) {
        if (line.contains(below) && line.split(' ').value(flags) == "00010000") // it accepts connections
            return true;
    }
    return false;
}

} // namespace warder::platform
