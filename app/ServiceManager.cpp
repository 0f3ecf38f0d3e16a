#include "app/ServiceManager.h"

#include "core/base/Clock.h"
#include "core/telemetry/Log.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#ifdef WARDER_SYSTEMD
#include <sys/socket.h>
#include <systemd/sd-daemon.h>

#include <cstdlib>
#include <ctime>
#endif

using namespace Qt::StringLiterals;

namespace warder {
namespace {

#ifdef WARDER_SYSTEMD

constexpr int firstInherited = SD_LISTEN_FDS_START;

void notify(const QByteArray &words) { sd_notify(0, words.constData()); }

/// 0: systemd does not ask for signs of life.
Milliseconds watchdogInterval()
{
    uint64_t microseconds = 0;
    const bool asked = sd_watchdog_enabled(0, &microseconds) > 0;
    return asked ? std::chrono::duration_cast<Milliseconds>(std::chrono::microseconds(microseconds)) : Milliseconds(0);
}

QByteArray monotonicMicroseconds()
{
    timespec now {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return QByteArray::number(qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1'000);
}

int optionOf(int descriptor, int option)
{
    int value = -1;
    socklen_t length = sizeof value;
    return ::getsockopt(descriptor, SOL_SOCKET, option, &value, &length) == 0 ? value : -1;
}

/// What is wrong with it; empty if nothing is.
QString faultOf(int descriptor)
{
    const int family = optionOf(descriptor, SO_DOMAIN);
    if (family < 0)
        return u"is no socket"_s;
    if (family != AF_INET && family != AF_INET6 && family != AF_UNIX)
        return u"is neither a TCP nor a Unix socket"_s;
    if (optionOf(descriptor, SO_TYPE) != SOCK_STREAM)
        return u"is no stream socket: use ListenStream="_s;
    if (optionOf(descriptor, SO_ACCEPTCONN) != 1)
        return u"does not listen: use ListenStream= with Accept=no"_s;
    return {};
}

/// The names of the inherited descriptors, in order.
QStringList takeNames()
{
    char **given = nullptr;
    const int count = sd_listen_fds_with_names(0, &given);
    QStringList names;
    for (int i = 0; i < count; ++i) {
        names += QString::fromUtf8(given[i]);
        std::free(given[i]);
    }
    std::free(given);
    return names;
}

#else

constexpr int firstInherited = 3;

void notify(const QByteArray &) {}
Milliseconds watchdogInterval() { return Milliseconds(0); }
QByteArray monotonicMicroseconds() { return {}; }
QString faultOf(int) { return u"cannot be used: this Warder was built without systemd"_s; }
QStringList takeNames() { return {}; }

#endif

/// A database of before a long upgrade may be what is opened.
constexpr Milliseconds longestWork = std::chrono::minutes {5};

/// Until it is told to stop, or has done so for long enough.
void beat(const std::stop_token &stop, Milliseconds every)
{
    std::mutex mutex;
    std::condition_variable_any wakeUp;
    std::unique_lock lock(mutex);
    for (Milliseconds done {0}; done < longestWork && !stop.stop_requested(); done += every) {
        notify("WATCHDOG=1");
        wakeUp.wait_for(lock, stop, every, [] { return false; });
    }
}

/// A line break would begin another word.
QByteArray statusWord(const QString &text) { return "STATUS=" + text.simplified().toUtf8(); }

} // namespace

ServiceManager::ServiceManager(QObject *parent) : QObject(parent)
{
    connect(&m_watchdog, &QTimer::timeout, this, &ServiceManager::sendHeartbeat);
}

void ServiceManager::ready(const QString &text) { notify("READY=1\n" + statusWord(text)); }
void ServiceManager::reloading() { notify("RELOADING=1\nMONOTONIC_USEC=" + monotonicMicroseconds()); }
void ServiceManager::stopping() { notify("STOPPING=1\n" + statusWord(u"Finishing what runs"_s)); }
void ServiceManager::status(const QString &text) { notify(statusWord(text)); }

void ServiceManager::watch(std::function<bool()> alive)
{
    const Milliseconds interval = watchdogInterval();
    if (interval <= Milliseconds(0))
        return;
    m_alive = std::move(alive);
    m_watchdog.start(std::max(interval / 2, Milliseconds(1)));
    sendHeartbeat();
}

void ServiceManager::during(const std::function<void()> &work) const
{
    std::jthread beating;
    if (m_watchdog.isActive())
        beating = std::jthread([every = m_watchdog.intervalAsDuration()](const std::stop_token &stop) { beat(stop, every); });
    work();
}

void ServiceManager::sendHeartbeat()
{
    const bool alive = m_alive();
    if (alive)
        notify("WATCHDOG=1");
    else if (!m_silent)
        log(LogLevel::Error, "watchdog_silent"_L1, {{"why"_L1, u"HTTP threads do not answer"_s}});
    m_silent = !alive;
}

Result<QList<int>> ServiceManager::inheritedSockets()
{
    const QStringList names = takeNames();
    QList<int> sockets;
    for (qsizetype i = 0; i < names.size(); ++i) {
        sockets += firstInherited + int(i);
        if (const auto fit = checkSocket(sockets.last(), names[i]); !fit)
            return refused(fit);
    }
    return sockets;
}

Result<void> ServiceManager::checkSocket(int descriptor, const QString &name)
{
    const QString fault = faultOf(descriptor);
    if (!fault.isEmpty())
        return refused(ErrorCode::ConfigInvalid, u"what systemd passes as \"%1\" %2"_s.arg(name, fault));
    return {};
}

} // namespace warder
