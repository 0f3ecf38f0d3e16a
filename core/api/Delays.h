#pragma once

#include "core/base/Clock.h"
#include "core/base/Workers.h"

#include <map>

namespace warder {

/// Jobs that wait for a time of their own, all on one thread, which begins when the first of them comes. Every method from any thread, but
/// the destructor not from a job.
class Delays final
{
public:
    static constexpr std::size_t most = 1000; ///< Wait at once.

    Delays() = default;
    ~Delays(); ///< Runs all that wait.

    /// Runs the job on the thread of this after `wait`, or at once while hurried. It must not block: the others wait for it. What it
    /// throws is logged and swallowed. False, with the job untouched: `most` wait already, this is closed, or the system gives no thread.
    [[nodiscard]] bool add(Milliseconds wait, Workers::Job &&job);

    /// Hurried: whoever waits goes on now, and nobody waits until it is false again.
    void setHurried(bool hurried);

    /// Takes nothing new and runs all that wait. Idempotent.
    void close();

    std::size_t waiting() const;

private:
    using Moment = std::chrono::steady_clock::time_point;

    void work();
    bool hasThread();
    bool isDue() const;

    mutable std::mutex m_mutex; ///< Guards the rest.
    std::condition_variable m_wake;
    std::multimap<Moment, Workers::Job> m_jobs;
    bool m_hurried = false;
    bool m_closing = false;
    std::jthread m_thread;
};

} // namespace warder
