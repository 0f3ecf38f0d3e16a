#pragma once

#include "core/net/TimerTable.h"

#include <QSocketNotifier>

#include <array>
#include <atomic>

namespace warder {

// Qt's old overloads with plain integers are final and private: hiding them is what Qt wants.
QT_WARNING_PUSH
QT_WARNING_DISABLE_GCC("-Woverloaded-virtual")
QT_WARNING_DISABLE_CLANG("-Woverloaded-virtual")

/// An event dispatcher that waits for sockets with epoll. Qt's own dispatcher passes all sockets to the kernel at each wait, so that
/// thousands of idle connections slow every request down; here an idle connection costs nothing. Linux only.
///
/// Changes of notifiers reach the kernel just before it waits, because Qt switches a socket's write notifier on and off with every
/// response. QEventLoop::ExcludeSocketNotifiers and similar flags are ignored. Call wakeUp() and interrupt() from any thread, all else
/// from the loop's own.
class EpollDispatcher final : public QAbstractEventDispatcherV2
{
    Q_OBJECT
public:
    EpollDispatcher();
    ~EpollDispatcher() override;

    /// False when the system had no descriptors left: not to be used.
    bool isReady() const { return m_epoll >= 0 && m_wakeup >= 0; }

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(Qt::TimerId id, Duration interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(Qt::TimerId id) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfoV2> timersForObject(QObject *object) const override;
    Duration remainingTime(Qt::TimerId id) const override;
    void wakeUp() override;
    void interrupt() override;

private:
    /// One descriptor.
    struct Watch
    {
        std::array<QSocketNotifier *, 3> notifiers {}; ///< By QSocketNotifier::Type.
        quint32 known = 0;                             ///< What the kernel watches it for.
        quint32 generation = 0;                        ///< Tells it from another that had the same number.
        bool isNoted = false;                          ///< In m_changed.
        quint32 wanted() const;
    };

    void updateKernel();
    void update(int descriptor, Watch &watch);
    bool deliver(quint64 mark, quint32 events);
    bool activate(int descriptor, quint32 generation, std::size_t type, quint32 events);
    bool fireTimers();
    int patience(bool waits) const;
    void drainWakeup();

    int m_epoll;
    int m_wakeup; ///< An eventfd.
    std::unordered_map<int, Watch> m_watches;
    std::vector<int> m_changed;
    quint32 m_lastGeneration = 0;
    TimerTable m_timers;
    std::atomic<bool> m_rung {false};
    std::atomic<bool> m_interrupted {false};
};

QT_WARNING_POP

} // namespace warder
