#include "core/platform/FileLock.h"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace warder::file_lock {
namespace {

/// A lock of the open file, not of the process: asking does not take it, and it goes when its holder dies.
struct flock wholeFile()
{
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

/// While it lives a signal that does nothing comes to this thread again and again: what waits in the kernel returns with EINTR.
class Interruption final
{
public:
    explicit Interruption(Milliseconds every)
    {
        struct sigaction nothing {};
        nothing.sa_handler = [](int) {};
        sigaction(SIGURG, &nothing, &m_before);
        sigevent event {};
        event.sigev_notify = SIGEV_THREAD_ID;
        event.sigev_signo = SIGURG;
        event._sigev_un._tid = pid_t(syscall(SYS_gettid));
        const auto seconds = std::chrono::floor<Seconds>(every);
        const timespec time {.tv_sec = seconds.count(), .tv_nsec = std::chrono::nanoseconds(every - seconds).count()};
        const itimerspec times {.it_interval = time, .it_value = time};
        m_runs = timer_create(CLOCK_MONOTONIC, &event, &m_timer) == 0 && timer_settime(m_timer, 0, &times, nullptr) == 0;
    }
    ~Interruption()
    {
        timer_delete(m_timer);
        sigaction(SIGURG, &m_before, nullptr);
    }
    Q_DISABLE_COPY_MOVE(Interruption)

    bool runs() const { return m_runs; }

private:
    struct sigaction m_before {};
    timer_t m_timer {};
    bool m_runs = false;
};

} // namespace

bool take(int descriptor, Milliseconds patience)
{
    struct flock wanted = wholeFile();
    if (fcntl(descriptor, F_OFD_SETLK, &wanted) == 0)
        return true;
    if ((errno != EAGAIN && errno != EACCES) || patience <= Milliseconds {0})
        return false;
    const Interruption interruption(std::min(patience, Milliseconds {100}));
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (interruption.runs() && std::chrono::steady_clock::now() < deadline) {
        if (fcntl(descriptor, F_OFD_SETLKW, &wanted) == 0)
            return true;
        if (errno != EINTR)
            return false;
    }
    errno = EAGAIN;
    return false;
}

bool isTaken(int descriptor)
{
    struct flock found = wholeFile();
    return fcntl(descriptor, F_OFD_GETLK, &found) == 0 && found.l_type != F_UNLCK;
}

bool takeFolder(int descriptor, Waiting waiting)
{
    const int operation = waiting == Waiting::Never ? LOCK_EX | LOCK_NB : LOCK_EX;
    while (::flock(descriptor, operation) != 0) {
        if (errno != EINTR)
            return false;
    }
    return true;
}

} // namespace warder::file_lock
