#pragma once

#include "core/base/Clock.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace warder {

class MailSender;
class Outbox;

/// The thread `mail`: steps the sender whenever something is queued or comes due, and waits otherwise. Made and destroyed by one thread;
/// ends within half a second, whatever a mail server does not say (within one while that judges a mail that it has whole).
class MailThread final
{
public:
    MailThread(MailSender &sender, Outbox &outbox, const Clock &clock);
    ~MailThread();
    Q_DISABLE_COPY_MOVE(MailThread)

    /// Looks at once; any thread, never waits.
    void wake();

private:
    void work();
    /// False when it is time to end.
    bool waitFor(Milliseconds longest);

    MailSender &m_sender;
    Outbox &m_outbox;
    const Clock &m_clock;
    std::atomic<bool> m_stopping {false};
    std::mutex m_mutex; ///< Guards the next, and m_stopping's change.
    bool m_woken = false;
    std::condition_variable m_wake;
    std::thread m_thread;
};

} // namespace warder
