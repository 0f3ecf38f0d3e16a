#pragma once

#include "core/api/Delays.h"
#include "core/base/Workers.h"
#include "core/config/Settings.h"

namespace warder {

/// Where a route's handler runs: a column of the route table.
enum class Lane {
    Inline,   ///< On the HTTP thread itself: must not block, hash or write.
    Light,    ///< May wait for the writer.
    Hashing,  ///< As many threads as passwords.hashing_threads, so that memory does not grow with load; may wait for the writer.
    Outbound, ///< May wait for other servers: a server that hangs delays no other lane. Screenings, too.
};

/// How many threads and how long a queue each lane has.
struct LaneSizes
{
    int lightThreads = 16; ///< More than cores: the writer commits all waiting jobs at once, so that commits become fewer and larger.
    std::size_t lightQueue = 1024;
    int hashingThreads = 2; ///< Usually the number of cores.
    std::size_t hashingQueue = 64;
    /// The queue holds no more jobs than there are threads: a waiting job has one job before it, and its client is answered within
    /// http.handler_timeout when each takes at most half of that. A job that takes longer runs on; its client already got a 503.
    int outboundThreads = 16;
    std::size_t outboundQueue = 16;

    static LaneSizes from(const Settings &settings)
    {
        const int hashing = threadsFor(settings.get<"passwords.hashing_threads">());
        return {.hashingThreads = hashing, .hashingQueue = std::size_t(hashing) * 32};
    }
};

/// How full the queue of a lane is.
struct LaneLoad
{
    std::size_t waiting = 0;
    std::size_t most = 0; ///< Beyond, Busy is answered.
};

/// The threads on which handlers may wait or hash (docs/architecture.md, "Threads"). Every method from any thread; close() not from a job.
class Lanes final
{
public:
    explicit Lanes(const LaneSizes &sizes);

    /// Runs the job in the lane; Inline: at once, before it returns. False when the lane is full or closed: the job was
    /// neither run nor moved from, and the caller answers Busy (503 with Retry-After). What a job throws is logged and
    /// swallowed; a PendingAnswer in it then answers 500.
    [[nodiscard]] bool run(Lane lane, Workers::Job &&job);

    /// Runs a job that does not block after `wait`, on a thread of its own for all such; holds no other meanwhile. False, with the job
    /// untouched: Delays::most wait already, or this is closed.
    [[nodiscard]] bool runAfter(Milliseconds wait, Workers::Job &&job) { return m_delays.add(wait, std::move(job)); }

    std::size_t delayed() const { return m_delays.waiting(); } ///< Who wait by it now.
    LaneLoad hashingLoad() const { return {.waiting = m_hashing.waiting(), .most = m_hashing.mostWaiting()}; }

    /// While hurried nobody waits by runAfter(), and who does goes on at once: for a stop, which finishes what runs.
    void setHurried(bool hurried) { m_delays.setHurried(hurried); }

    /// Runs the accepted jobs and ends the threads. Afterwards only Inline works. Jobs that have not begun by the deadline are
    /// dropped: a PendingAnswer in them answers 500.
    void close(Workers::Deadline deadline = Workers::Deadline::max());

private:
    Workers m_light;
    Workers m_hashing;
    Workers m_outbound;
    Delays m_delays; ///< Goes first: its jobs use the others.
};

} // namespace warder
