#include "core/net/HttpThread.h"

#include "core/net/QtHttpAdapter.h"
#include "core/net/gate/GateServer.h"

#include <chrono>

namespace warder {

struct HttpThread::Inside
{
    Inside(HttpThread &thread, ServeConfigPtr config, ConnectionCounts &counts)
        : connections(std::move(config), counts, [&thread] { thread.connectionLeft(); }), adapter(connections, thread.m_index)
    {}

    ThreadConnections connections;
    QtHttpAdapter adapter; ///< Dies first, and with it the gate and all sockets.
    GateServer *gate = nullptr;
};

HttpThread::HttpThread(int index, ServeConfigPtr config, ConnectionCounts &counts)
    : m_index(index), m_thread("http-" + std::to_string(index))
{
    m_thread.run([&] { settle(std::move(config), counts); });
}

HttpThread::~HttpThread()
{
    m_thread.run([this] { m_inside.reset(); });
}

void HttpThread::settle(ServeConfigPtr config, ConnectionCounts &counts)
{
    m_inside = std::make_unique<Inside>(*this, std::move(config), counts);
    auto gate = std::make_unique<GateServer>(m_inside->connections);
    m_ready = gate->holdDummySocket() && m_inside->adapter.bind(gate.get());
    if (m_ready)
        m_inside->gate = gate.release(); // the adapter owns it now
}

void HttpThread::adopt(const AcceptedConnection &accepted)
{
    {
        const std::scoped_lock lock(m_mutex);
        ++m_load;
    }
    m_thread.post([this, accepted] { m_inside->gate->adopt(accepted); });
}

void HttpThread::reconfigure(ServeConfigPtr config)
{
    m_thread.run([this, config = std::move(config)]() mutable { m_inside->connections.reconfigure(std::move(config)); });
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

void HttpThread::drain(Milliseconds grace)
{
    m_thread.run([this, grace] { m_inside->gate->drain(grace); });
}

bool HttpThread::waitUntilEmpty(std::chrono::steady_clock::time_point deadline) const
{
    std::unique_lock lock(m_mutex);
    return m_emptied.wait_until(lock, deadline, [this] { return m_load == 0; });
}

} // namespace warder
