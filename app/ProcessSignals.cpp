#include "app/ProcessSignals.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace warder {
namespace {

constexpr std::array watched {SIGTERM, SIGINT, SIGHUP};
constexpr char stop = 's';
constexpr char reload = 'r';

/// [0] is written by the handler, [1] read by the event loop: write() and signal() are all a handler may do.
std::array<int, 2> &wire()
{
    static std::array<int, 2> ends = [] {
        std::array<int, 2> made {-1, -1};
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, made.data()) != 0)
            qFatal("no socket pair for signals");
        return made;
    }();
    return ends;
}

void onSignal(int number)
{
    const int interrupted = errno;         // belongs to whom the signal interrupts
    const bool isReload = number == SIGHUP && isatty(STDIN_FILENO) == 0;
    if (!isReload) {
        // Who asks again does not want to wait for a clean stop. A closing terminal may send SIGHUP twice and means one.
        std::signal(SIGTERM, SIG_DFL);
        std::signal(SIGINT, SIG_DFL);
    }
    const char wish = isReload ? reload : stop;
    [[maybe_unused]] const auto written = write(wire()[0], &wish, 1);
    errno = interrupted;
}

} // namespace

ProcessSignals::ProcessSignals(QObject *parent) : QObject(parent), m_notifier(wire()[1], QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &ProcessSignals::tell);
    for (const int number : watched)
        std::signal(number, onSignal);
    std::signal(SIGPIPE, SIG_IGN);
}

void ProcessSignals::tell()
{
    std::array<char, 16> wishes {};
    const auto count = read(wire()[1], wishes.data(), wishes.size());
    const auto end = wishes.begin() + std::max<ssize_t>(count, 0);
    if (std::find(wishes.begin(), end, stop) != end)
        Q_EMIT stopRequested();
    else if (count > 0)
        Q_EMIT reloadRequested();
}

ProcessSignals::~ProcessSignals()
{
    for (const int number : watched)
        std::signal(number, SIG_DFL);
}

} // namespace warder
