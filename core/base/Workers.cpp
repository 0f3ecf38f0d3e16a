#include "core/base/Workers.h"

#include <QLoggingCategory>
#include <QThread>

#include <algorithm>
#include <exception>
#include <system_error>

namespace warder {
namespace {

Q_LOGGING_CATEGORY(workers, "warder.workers")

} // namespace

int threadsFor(qint64 asked) { return asked > 0 ? int(asked) : QThread::idealThreadCount(); }

Workers::Workers(int threads, std::size_t longest) : m_threadCount(std::size_t(std::max(threads, 1))), m_longest(longest) {}

Workers::~Workers() { close(); }

bool Workers::tryRun(Job &&job)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_closing || m_jobs.size() >= m_longest + idle() || !hasThreadForOneMore())
            return false;
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
    return true;
}

/// Starts one if those that are free have jobs waiting already. Where the system gives no more, those that are there do the work.
bool Workers::hasThreadForOneMore()
{
    const std::size_t free = m_threads.size() - std::size_t(m_running);
    if (m_jobs.size() < free || m_threads.size() == m_threadCount)
        return true;
    try {
        m_threads.emplace_back([this] { work(); });
    } catch (const std::system_error &none) {
        qCCritical(workers, "no thread: %s", none.what());
    }
    return !m_threads.empty();
}

/// Threads that are free to take a job at once: those jobs do not wait.
std::size_t Workers::idle() const { return m_threadCount - std::size_t(m_running); }

void Workers::close(Deadline deadline)
{
    std::vector<std::jthread> leaving;
    {
        const std::scoped_lock lock(m_mutex);
        m_closing = true;
        m_deadline = deadline;
        leaving.swap(m_threads);
    }
    m_wake.notify_all();
    leaving.clear(); // joins
}

void Workers::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_closing || !m_jobs.empty(); });
        if (m_jobs.empty())
            return;
        Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        ++m_running;
        const bool isDropped = isTooLate();
        lock.unlock();
        if (isDropped)
            job = nullptr;
        else
            runSafely(std::move(job));
        lock.lock();
        --m_running;
    }
}

void Workers::runSafely(Job job)
{
    try {
        job();
    } catch (const std::exception &bug) {
        qCCritical(workers, "a job threw: %s", bug.what());
    } catch (...) {
        qCCritical(workers, "a job threw something that is no std::exception");
    }
}

std::size_t Workers::waiting() const
{
    const std::scoped_lock lock(m_mutex);
    return m_jobs.size();
}

int Workers::running() const
{
    const std::scoped_lock lock(m_mutex);
    return m_running;
}

} // namespace warder
