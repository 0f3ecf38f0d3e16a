#pragma once

#include "core/net/HttpHandler.h"
#include "core/net/HttpRequest.h"
#include "core/net/PendingAnswer.h"
#include "core/net/gate/RequestHead.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace warder::test {

/// A handler for the gate's own tests. It answers 200 with, by path:
/// - `/hello`: "hi"; `/echo`: the body; `/show`: "METHOD path?query client peer secure thread"
/// - `/later`: like /echo, but from another thread, a moment later
/// - `/drop`, `/drop-later`: no answer at all; `/throw`: an exception; `/keep`: the pending answer is kept for takeKept()
/// - `/big`: 4 MiB; `/none`: 204; `/nonsense`: status 7
class EchoHandler final : public HttpHandler
{
public:
    EchoHandler();
    ~EchoHandler() override;

    void handle(HttpRequest request, PendingAnswer pending) override;
    qint64 bodyLimit(const RequestHead &head, qint64 standard) const override; ///< 100 bytes for /small

    int handled() const { return m_handled; }
    std::vector<PendingAnswer> takeKept();

private:
    struct Job
    {
        HttpRequest request;
        PendingAnswer pending;
    };
    void work();
    void queue(HttpRequest request, PendingAnswer pending);

    std::atomic<int> m_handled {0};
    std::mutex m_mutex; ///< Guards the rest.
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    std::vector<PendingAnswer> m_kept;
    bool m_closing = false;
    std::vector<std::jthread> m_threads;
};

} // namespace warder::test
