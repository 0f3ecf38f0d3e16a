#include "core/http/HttpThread.h"

#include "core/http/Front.h"
#include "core/http/gate/GateServer.h"

namespace warder {

struct HttpThread::Inside
{
    Inside(HttpThread &thread, HttpHandler &handler, const ListenerLimits &limits, Census &census)
        : house(limits, census, bodyLimitOf(handler, limits), [&thread] { thread.connectionLeft(); }), front(handler, house, thread.m_index)
    {
    }
    static GateReader::BodyLimit bodyLimitOf(HttpHandler &handler, const ListenerLimits &limits)
    {
        return [&handler, standard = limits.framing.body](const RequestHead &head) { return handler.bodyLimit(head, standard); };
    }

    GateHouse house;
    Front front;                           ///< Dies first, and with it the gate and all sockets.
    GateServer *gate = nullptr;
};

HttpThread::HttpThread(int index, HttpHandler &handler, const ListenerLimits &limits, Census &census)
    : m_index(index), m_thread("http-" + std::to_string(index))
{
    m_thread.run([&] { settle(handler, limits, census); });
}

HttpThread::~HttpThread()
{
    m_thread.run([this] { m_inside.reset(); });
}

void HttpThread::settle(HttpHandler &handler, const ListenerLimits &limits, Census &census)
{
    m_inside = std::make_unique<Inside>(*this, handler, limits, census);
    auto gate = std::make_unique<GateServer>(m_inside->house);
    m_ready = gate->pretendToListen() && m_inside->front.bind(gate.get());
    if (m_ready)
        m_inside->gate = gate.release();   // the front owns it now
}

void HttpThread::adopt(qintptr descriptor)
{
    {
        const std::scoped_lock lock(m_mutex);
        ++m_load;
    }
    m_thread.post([this, descriptor] { m_inside->gate->adopt(descriptor); });
}

int HttpThread::load() const
{
    const std::scoped_lock lock(m_mutex);
    return m_load;
}

void HttpThread::connectionLeft()
{
    const std::scoped_lock lock(m_mutex);
    if (--m_load == 0)
        m_emptied.notify_all();
}

void HttpThread::drain()
{
    m_thread.post([this] { m_inside->gate->drain(); });
}

bool HttpThread::waitUntilEmpty(std::chrono::steady_clock::time_point deadline) const
{
    std::unique_lock lock(m_mutex);
    return m_emptied.wait_until(lock, deadline, [this] { return m_load == 0; });
}

} // namespace warder
