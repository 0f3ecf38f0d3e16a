#include "core/api/Delays.h"

#include <QLoggingCategory>

#include <system_error>

namespace warder {
namespace {

Q_LOGGING_CATEGORY(delaysLog, "warder.delays")

} // namespace

Delays::~Delays() { close(); }

bool Delays::add(Milliseconds wait, Workers::Job &&job)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_closing || m_jobs.size() >= most || !hasThread())
            return false;
        m_jobs.emplace(std::chrono::steady_clock::now() + wait, std::move(job));
    }
    m_wake.notify_one();
    return true;
}

bool Delays::hasThread()
{
    if (m_thread.joinable())
        return true;
    try {
        m_thread = std::jthread([this] { work(); });
    } catch (const std::system_error &none) {
        qCCritical(delaysLog, "no thread: %s", none.what());
    }
    return m_thread.joinable();
}

void Delays::setHurried(bool hurried)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_hurried = hurried;
    }
    m_wake.notify_one();
}

void Delays::close()
{
    std::jthread leaving;
    {
        const std::scoped_lock lock(m_mutex);
        m_closing = true;
        leaving.swap(m_thread);
    }
    m_wake.notify_one();
} // joins

std::size_t Delays::waiting() const
{
    const std::scoped_lock lock(m_mutex);
    return m_jobs.size();
}

bool Delays::isDue() const { return m_hurried || m_closing || m_jobs.begin()->first <= std::chrono::steady_clock::now(); }

void Delays::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (m_jobs.empty() && m_closing)
            return;
        if (m_jobs.empty()) {
            m_wake.wait(lock);
        } else if (!isDue()) {
            const Moment next = m_jobs.begin()->first; // the job itself may be gone when the wait is over
            m_wake.wait_until(lock, next);
        } else {
            Workers::Job job = std::move(m_jobs.begin()->second);
            m_jobs.erase(m_jobs.begin());
            lock.unlock();
            Workers::runSafely(std::move(job));
            lock.lock();
        }
    }
}

} // namespace warder
