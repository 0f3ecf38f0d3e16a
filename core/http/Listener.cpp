#include "core/http/Listener.h"

#include "core/http/HttpThread.h"
#include "core/http/gate/Acceptor.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Milliseconds lastPatience {2'000};

} // namespace

Listener::Listener(HttpHandler &handler, ListenerLimits limits)
    : m_handler(handler), m_limits(std::move(limits)), m_census(m_limits)
{
}

Listener::~Listener() { stop(lastPatience); }

Result<void> Listener::listen(const QHostAddress &address, quint16 port)
{
    if (isListening())
        return refused(ErrorCode::Conflict, u"the server already listens"_s);
    if (const auto started = startThreads(); !started)
        return started;
    m_acceptor = std::make_unique<Acceptor>([this](qintptr descriptor) { idlest().adopt(descriptor); });
    const auto listening = m_acceptor->listen(address, port);
    if (!listening) {
        stop(Milliseconds(0));
        return refused(listening);
    }
    m_port = *listening;
    return {};
}

Result<void> Listener::startThreads()
{
    for (int i = 0; i < std::clamp(m_limits.threads, 1, 64); ++i) {
        m_threads.push_back(std::make_unique<HttpThread>(i, m_handler, m_limits, m_census));
        if (!m_threads.back()->isReady()) {
            m_threads.clear();
            return refused(ErrorCode::Internal, u"cannot start the HTTP threads: the system has no sockets left"_s);
        }
    }
    return {};
}

bool Listener::isListening() const { return m_port != 0; }

quint16 Listener::port() const { return m_port; }

HttpThread &Listener::idlest()
{
    return **std::ranges::min_element(m_threads, {}, [](const auto &thread) { return thread->load(); });
}

void Listener::pauseAccepting()
{
    if (isListening())
        m_acceptor->pause();
}

void Listener::resumeAccepting()
{
    if (isListening())
        m_acceptor->resume();
}

void Listener::stop(Milliseconds deadline)
{
    const auto until = std::chrono::steady_clock::now() + deadline;
    m_acceptor.reset();
    m_port = 0;
    for (const auto &thread : m_threads)
        thread->drain();
    for (const auto &thread : m_threads)
        thread->waitUntilEmpty(until);
    m_threads.clear();
}

std::vector<int> Listener::load() const
{
    std::vector<int> loads;
    for (const auto &thread : m_threads)
        loads.push_back(thread->load());
    return loads;
}

} // namespace warder
