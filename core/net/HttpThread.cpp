#include "core/net/HttpThread.h"

#include "core/net/Front.h"
#include "core/net/gate/GateServer.h"

namespace warder {

struct HttpThread::Inside
{
    Inside(HttpThread &thread, ServingPtr serving, Census &census)
        : house(std::move(serving), census, [&thread] { thread.connectionLeft(); }), front(house, thread.m_index)
    {}

    GateHouse house;
    Front front; ///< Dies first, and with it the gate and all sockets.
    GateServer *gate = nullptr;
};

HttpThread::HttpThread(int index, ServingPtr serving, Census &census) : m_index(index), m_thread("http-" + std::to_string(index))
{
    m_thread.run([&] { settle(std::move(serving), census); });
}

HttpThread::~HttpThread()
{
    m_thread.run([this] { m_inside.reset(); });
}

void HttpThread::settle(ServingPtr serving, Census &census)
{
    m_inside = std::make_unique<Inside>(*this, std::move(serving), census);
    auto gate = std::make_unique<GateServer>(m_inside->house);
    m_ready = gate->pretendToListen() && m_inside->front.bind(gate.get());
    if (m_ready)
        m_inside->gate = gate.release(); // the front owns it now
}

void HttpThread::adopt(const Arrival &arrival)
{
    {
        const std::scoped_lock lock(m_mutex);
        ++m_load;
    }
    m_thread.post([this, arrival] { m_inside->gate->adopt(arrival); });
}

void HttpThread::adapt(ServingPtr serving)
{
    m_thread.run([this, serving = std::move(serving)]() mutable { m_inside->house.adapt(std::move(serving)); });
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
