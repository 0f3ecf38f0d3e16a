#include "core/net/EpollDispatcher.h"

#ifdef Q_OS_LINUX

#include <QCoreApplication>

#include <limits>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace warder {
namespace {

constexpr int eventsAtOnce = 256;

/// By QSocketNotifier::Type. The kernel adds hang-ups and errors unasked.
constexpr std::array<quint32, 3> interest {EPOLLIN, EPOLLOUT, EPOLLPRI};
constexpr quint32 ofEveryone = EPOLLHUP | EPOLLERR;

/// The mark of m_wakeup; generations begin with 1.
constexpr quint64 wakeupMark = 0;

quint64 markOf(int descriptor, quint32 generation) { return quint64(generation) << 32 | quint32(descriptor); }

bool control(int epoll, int operation, int descriptor, quint32 events, quint64 mark)
{
    epoll_event event {};
    event.events = events;
    event.data.u64 = mark;
    return ::epoll_ctl(epoll, operation, descriptor, &event) == 0;
}

TimerTable::Moment now() { return std::chrono::steady_clock::now(); }

} // namespace

quint32 EpollDispatcher::Watch::wanted() const
{
    quint32 events = 0;
    for (std::size_t type = 0; type < notifiers.size(); ++type)
        events |= notifiers[type] ? interest[type] : 0;
    return events;
}

EpollDispatcher::EpollDispatcher() : m_epoll(::epoll_create1(EPOLL_CLOEXEC)), m_wakeup(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (isReady())
        control(m_epoll, EPOLL_CTL_ADD, m_wakeup, EPOLLIN, wakeupMark);
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(m_epoll);
    ::close(m_wakeup);
}

// ---------------------------------------------------------------- one turn of the loop

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted = false;
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    const bool waits = flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_interrupted;
    if (waits)
        Q_EMIT aboutToBlock();
    if (m_interrupted)
        return false;
    updateKernel();
    std::array<epoll_event, eventsAtOnce> events;
    const int count = ::epoll_wait(m_epoll, events.data(), eventsAtOnce, patience(waits));
    bool any = false;
    for (int i = 0; i < count; ++i)
        any |= deliver(events[std::size_t(i)].data.u64, events[std::size_t(i)].events);
    return fireTimers() || any;
}

/// Milliseconds until the next timer, rounded up; -1: until something happens.
int EpollDispatcher::patience(bool waits) const
{
    const auto next = m_timers.next();
    if (!waits)
        return 0;
    if (!next)
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - now()).count();
    return int(std::clamp<qint64>(left, 0, std::numeric_limits<int>::max()));
}

bool EpollDispatcher::fireTimers()
{
    bool any = false;
    const auto moment = now();
    for (const Qt::TimerId id : m_timers.due(moment)) {
        if (const auto timer = m_timers.takeTurn(id, moment)) {
            QTimerEvent event(id);
            QCoreApplication::sendEvent(timer->object, &event);
            any = true;
        }
    }
    return any;
}

// ---------------------------------------------------------------- sockets

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    Watch &watch = m_watches[descriptor];
    if (watch.generation == 0)
        watch.generation = ++m_lastGeneration;
    watch.notifiers[std::size_t(notifier->type())] = notifier;
    if (!std::exchange(watch.isNoted, true))
        m_changed.push_back(descriptor);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    const auto found = m_watches.find(descriptor);
    if (found == m_watches.end() || found->second.notifiers[std::size_t(notifier->type())] != notifier)
        return;
    Watch &watch = found->second;
    watch.notifiers[std::size_t(notifier->type())] = nullptr;
    if (watch.wanted() == 0) { // at once: it may be closed now, and its number given to another
        if (watch.known != 0)
            control(m_epoll, EPOLL_CTL_DEL, descriptor, 0, 0);
        m_watches.erase(found); // m_changed may still name it
    } else if (!std::exchange(watch.isNoted, true)) {
        m_changed.push_back(descriptor);
    }
}

void EpollDispatcher::updateKernel()
{
    for (const int descriptor : m_changed) {
        if (const auto found = m_watches.find(descriptor); found != m_watches.end())
            update(descriptor, found->second);
    }
    m_changed.clear();
}

void EpollDispatcher::update(int descriptor, Watch &watch)
{
    watch.isNoted = false;
    const quint32 wanted = watch.wanted();
    if (wanted == watch.known)
        return;
    const quint64 mark = markOf(descriptor, watch.generation);
    const bool isNew = watch.known == 0;
    if (control(m_epoll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, wanted, mark)
        || control(m_epoll, isNew ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, wanted, mark)) // somebody closed it under a notifier
        watch.known = wanted;
    else
        qWarning("EpollDispatcher: descriptor %d cannot be watched: %s", descriptor, qPrintable(qt_error_string(errno)));
}

bool EpollDispatcher::deliver(quint64 mark, quint32 events)
{
    if (mark == wakeupMark) {
        drainWakeup();
        return true;
    }
    bool any = false;
    for (std::size_t type = 0; type < interest.size(); ++type)
        any |= activate(int(mark & 0xffffffff), quint32(mark >> 32), type, events);
    return any;
}

/// Looks it up each time: whoever was told before may have ended it.
bool EpollDispatcher::activate(int descriptor, quint32 generation, std::size_t type, quint32 events)
{
    const auto found = m_watches.find(descriptor);
    if (found == m_watches.end() || found->second.generation != generation || (events & (interest[type] | ofEveryone)) == 0)
        return false;
    QSocketNotifier *notifier = found->second.notifiers[type];
    if (!notifier)
        return false;
    QEvent event(QEvent::SockAct);
    QCoreApplication::sendEvent(notifier, &event);
    return true;
}

// ---------------------------------------------------------------- timers

void EpollDispatcher::registerTimer(Qt::TimerId id, Duration interval, Qt::TimerType type, QObject *object)
{
    m_timers.add({.id = id, .interval = interval, .type = type, .object = object}, now());
}

bool EpollDispatcher::unregisterTimer(Qt::TimerId id) { return m_timers.remove(id); }
bool EpollDispatcher::unregisterTimers(QObject *object) { return m_timers.removeAllOf(object); }
QList<EpollDispatcher::TimerInfoV2> EpollDispatcher::timersForObject(QObject *object) const { return m_timers.timersOf(object); }
EpollDispatcher::Duration EpollDispatcher::remainingTime(Qt::TimerId id) const
{
    return m_timers.remaining(id, now()).value_or(Duration::min());
}

// ---------------------------------------------------------------- from other threads

void EpollDispatcher::wakeUp()
{
    if (m_rung.exchange(true))
        return;
    const quint64 one = 1;
    [[maybe_unused]] const auto written = ::write(m_wakeup, &one, sizeof one);
}

void EpollDispatcher::drainWakeup()
{
    quint64 count = 0;
    [[maybe_unused]] const auto taken = ::read(m_wakeup, &count, sizeof count);
    m_rung = false; // who rang before this has posted before this, and is served next
}

void EpollDispatcher::interrupt()
{
    m_interrupted = true;
    wakeUp();
}

} // namespace warder

#endif
