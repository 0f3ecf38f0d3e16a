#include "app/ProcessSignals.h"

#include "core/telemetry/Log.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <span>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr std::array stopping {SIGTERM, SIGINT, SIGQUIT};
constexpr std::array harmless {SIGUSR1, SIGUSR2, SIGALRM, SIGIO, SIGPWR};

/// Calls `to` for each signal that a handler of ours takes.
void forEachWatched(const auto &to)
{
    std::ranges::for_each(stopping, to);
    std::ranges::for_each(harmless, to);
    to(SIGHUP);
    for (int number = SIGRTMIN; number <= SIGRTMAX; ++number)
        to(number);
}

bool isStop(int number) { return std::ranges::find(stopping, number) != stopping.end(); }

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
    const int interrupted = errno; // belongs to whom the signal interrupts
    const bool terminalCloses = number == SIGHUP && isatty(STDIN_FILENO) != 0;
    if (terminalCloses || isStop(number)) {
        // Who asks again does not want to wait for a clean stop. A closing terminal may send SIGHUP twice and means one.
        for (const int each : stopping)
            std::signal(each, SIG_DFL);
    }
    const char byte = char(terminalCloses ? SIGTERM : number);
    [[maybe_unused]] const auto written = write(wire()[0], &byte, 1);
    errno = interrupted;
}

} // namespace

ProcessSignals::ProcessSignals(QObject *parent) : QObject(parent), m_notifier(wire()[1], QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &ProcessSignals::dispatch);
    forEachWatched([](int number) { std::signal(number, onSignal); });
}

void ProcessSignals::dispatch()
{
    std::array<char, 16> buffer {};
    const auto count = read(wire()[1], buffer.data(), buffer.size());
    const std::span received(buffer.data(), size_t(std::max<ssize_t>(count, 0)));
    if (std::ranges::any_of(received, isStop))
        return Q_EMIT stopRequested();
    for (const char number : received) {
        if (number != SIGHUP)
            log(LogLevel::Warning, "signal_ignored"_L1, {{"signal"_L1, QString::fromLocal8Bit(strsignal(number))}});
    }
    if (std::ranges::find(received, SIGHUP) != received.end())
        Q_EMIT reloadRequested();
}

ProcessSignals::~ProcessSignals()
{
    forEachWatched([](int number) { std::signal(number, SIG_DFL); });
}

} // namespace warder
