#include "core/platform/Process.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <grp.h>
#include <limits>
#include <pthread.h>
#include <pwd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef __linux__
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

using namespace Qt::StringLiterals;

namespace warder::platform {

static const TimePoint loadedAt = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());

User currentUser() { return ::geteuid(); }

QString nameOf(User user)
{
    const passwd *found = ::getpwuid(user);
    return found ? u"%1 (uid %2)"_s.arg(QString::fromLocal8Bit(found->pw_name)).arg(user) : u"uid %1"_s.arg(user);
}

bool become(User user, quint32 group)
{
    const passwd *known = ::getpwuid(user);
    const gid_t own = known ? known->pw_gid : group;
    const bool hasGroups = known ? ::initgroups(known->pw_name, own) == 0 : ::setgroups(1, &own) == 0;
    if (!hasGroups || ::setgid(own) != 0 || ::setuid(user) != 0)
        return false;
    errno = EPERM;
    return ::getuid() == user && ::geteuid() == user && ::getgid() == own && ::getegid() == own && ::setuid(0) != 0;
}

std::optional<User> peerOf(qintptr socket)
{
    ucred peer {};
    socklen_t size = sizeof peer;
    return ::getsockopt(int(socket), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? std::optional<User>(peer.uid) : std::nullopt;
}

void endWithParent()
{
#ifdef __linux__
    (void)::prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
}

bool isOutputTerminal() { return ::isatty(STDOUT_FILENO) == 1; }

QString ownProgram()
{
    const QString name = QCoreApplication::arguments().value(0);
    const QString found = name.contains(u'/') ? QFileInfo(name).absoluteFilePath() : QStandardPaths::findExecutable(name);
    return found.isEmpty() ? QCoreApplication::applicationFilePath() : found;
}

void nameThisThread([[maybe_unused]] const std::string &name)
{
#ifdef __linux__
    ::pthread_setname_np(::pthread_self(), name.c_str());
#endif
}

void standBack()
{
#ifdef __linux__
    (void)::setpriority(PRIO_PROCESS, 0, 10); // of this thread alone, against what POSIX says
#endif
}

void giveBackMemory()
{
#ifdef __GLIBC__
    (void)::malloc_trim(0);
#endif
}

std::chrono::microseconds threadCpuTime()
{
    timespec used {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return Seconds {used.tv_sec} + std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::nanoseconds {used.tv_nsec});
}

int descriptorLimit()
{
    rlimit limit {};
    const bool isFinite = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < rlim_t(std::numeric_limits<int>::max());
    return isFinite ? int(limit.rlim_cur) : std::numeric_limits<int>::max();
}

ProcessUse processUse()
{
    QFile memory(u"/proc/self/statm"_s); // pages: of the whole process, in memory, …
    const qint64 pages = memory.open(QIODevice::ReadOnly) ? memory.readAll().split(' ').value(1).toLongLong() : 0;
    std::error_code none;
    const std::filesystem::directory_iterator descriptors("/proc/self/fd", none);
    return {.cpuSeconds = double(std::clock()) / CLOCKS_PER_SEC,
            .residentBytes = pages * ::sysconf(_SC_PAGESIZE),
            .openDescriptors = std::distance(begin(descriptors), end(descriptors)),
            .startedAt = loadedAt};
}

Milliseconds sinceBoot()
{
    timespec now {};
#ifdef __linux__
    ::syscall(SYS_clock_gettime, CLOCK_BOOTTIME, &now);
#else
    ::clock_gettime(CLOCK_MONOTONIC, &now);
#endif
    return Seconds {now.tv_sec} + std::chrono::duration_cast<Milliseconds>(std::chrono::nanoseconds {now.tv_nsec});
}

} // namespace warder::platform
