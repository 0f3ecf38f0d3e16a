#include "core/mail/MailThread.h"

#include "core/base/Workers.h"
#include "core/mail/MailSender.h"
#include "core/mail/Outbox.h"
#include "core/platform/Process.h"

#include <algorithm>

namespace warder {
namespace {

/// Somebody may have set the clock, or put a row into the database that nobody told of.
constexpr Milliseconds longestSleep = std::chrono::minutes {1};

} // namespace

MailThread::MailThread(MailSender &sender, Outbox &outbox, const Clock &clock) : m_sender(sender), m_outbox(outbox), m_clock(clock)
{
    m_outbox.onQueued([this] { wake(); });
    m_thread = std::thread([this] { work(); });
}

MailThread::~MailThread()
{
    m_outbox.onQueued({});
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void MailThread::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_wake.notify_all();
}

bool MailThread::waitFor(Milliseconds longest)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, longest, [this] { return m_woken || m_stopping; });
    m_woken = false;
    return !m_stopping;
}

void MailThread::work()
{
    platform::nameThisThread("mail");
    Milliseconds pause {0};
    while (waitFor(pause)) {
        pause = longestSleep; // also if the step throws, which is a bug and logged
        Workers::runSafely([&] {
            const TimePoint now = m_clock.now();
            const MailStep step = m_sender.step(now, m_stopping);
            if (step.didSomething)
                pause = Milliseconds {0};
            else if (step.next)
                pause = std::clamp(*step.next - now, Milliseconds {10}, longestSleep);
        });
    }
}

} // namespace warder
