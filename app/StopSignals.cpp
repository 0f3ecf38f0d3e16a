#include "app/StopSignals.h"

#include <array>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace warder {
namespace {

constexpr std::array stopping {SIGTERM, SIGINT, SIGHUP};

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

void onSignal(int)
{
    // Who asks again does not want to wait for a clean stop. A closing terminal may send SIGHUP twice and means one.
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    const char any = 1;
    [[maybe_unused]] const auto written = write(wire()[0], &any, 1);
}

} // namespace

StopSignals::StopSignals(QObject *parent) : QObject(parent), m_notifier(wire()[1], QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        std::array<char, 16> bytes {};
        [[maybe_unused]] const auto taken = read(wire()[1], bytes.data(), bytes.size());
        Q_EMIT stopRequested();
    });
    for (const int number : stopping)
        std::signal(number, onSignal);
    std::signal(SIGPIPE, SIG_IGN);
}

StopSignals::~StopSignals()
{
    for (const int number : stopping)
        std::signal(number, SIG_DFL);
}

} // namespace warder
