#pragma once

#include <QtTypes>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace warder {

/// So many threads as asked for; for 0 as many as there are cores.
int threadsFor(qint64 asked);

/// Threads, each started when a job first needs it, and a bounded queue before them. Every method from any thread, but close()
/// and the destructor not from a job.
class Workers final
{
public:
    using Job = std::move_only_function<void()>;

    /// At most `threads` ≥ 1; at most `longest` jobs wait beside those that run.
    Workers(int threads, std::size_t longest);
    ~Workers(); ///< close()

    /// Takes the job, or returns false and leaves it untouched: the queue is full, or closed, or the system gives not even one thread.
    /// What a job throws is logged and swallowed.
    [[nodiscard]] bool tryRun(Job &&job);

    using Deadline = std::chrono::steady_clock::time_point;

    /// Takes nothing new, runs what was taken, ends the threads. What has not begun by the deadline is dropped; what runs then
    /// is waited for. Idempotent.
    void close(Deadline deadline = Deadline::max());

    /// Runs the job here and now; what it throws is logged and swallowed.
    static void runSafely(Job job);

    std::size_t waiting() const;
    std::size_t mostWaiting() const { return m_longest; }
    int running() const;

private:
    void work();
    bool hasThreadForOneMore();
    bool isTooLate() const { return m_closing && std::chrono::steady_clock::now() >= m_deadline; }
    std::size_t idle() const;

    const std::size_t m_threadCount;
    const std::size_t m_longest;
    mutable std::mutex m_mutex; ///< Guards everything below up to the threads.
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    int m_running = 0;
    bool m_closing = false;
    Deadline m_deadline;
    std::vector<std::jthread> m_threads;
};

} // namespace warder
