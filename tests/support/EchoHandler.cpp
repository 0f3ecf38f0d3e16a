#include "tests/support/EchoHandler.h"

#include <stdexcept>

namespace warder::test {
namespace {

HttpResponse text(QByteArray body)
{
    HttpResponse answer {.body = std::move(body)};
    answer.headers.append(QHttpHeaders::WellKnownHeader::ContentType, "text/plain");
    return answer;
}

QByteArray shown(const HttpRequest &request)
{
    return nameOf(request.method).toByteArray() + ' ' + request.path + '?' + request.query + ' ' + request.client.toString().toLatin1()
           + ' ' + request.peer.toString().toLatin1() + ' ' + (request.secure ? "secure" : "plain") + ' '
           + QByteArray::number(request.httpThread) + ' ' + request.headers.combinedValue(QByteArrayView("x-test"));
}

} // namespace

EchoHandler::EchoHandler()
{
    for (int i = 0; i < 2; ++i)
        m_threads.emplace_back([this] { work(); });
}

EchoHandler::~EchoHandler()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closing = true;
    }
    m_wake.notify_all();
}

void EchoHandler::handle(HttpRequest request, PendingAnswer pending)
{
    ++m_handled;
    const QByteArray path = request.path;
    if (path == "/throw")
        throw std::runtime_error("on purpose");
    if (path == "/drop")
        return;
    if (path == "/later" || path == "/drop-later" || path == "/keep")
        return queue(std::move(request), std::move(pending));
    if (path == "/none")
        return pending.answer({.status = 204});
    if (path == "/nonsense")
        return pending.answer({.status = 7});
    if (path == "/big")
        return pending.answer(text(QByteArray(4 << 20, 'x')));
    if (path == "/huge") // more than the kernel ever takes
        return pending.answer(text(QByteArray(16 << 20, 'x')));
    pending.answer(text(path == "/show" ? shown(request) : path == "/echo" ? request.body : "hi"));
}

qint64 EchoHandler::bodyLimit(const RequestHead &head, qint64 standard) const { return head.path() == "/small" ? 100 : standard; }

void EchoHandler::queue(HttpRequest request, PendingAnswer pending)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (request.path == "/keep")
            m_kept.push_back(std::move(pending));
        else
            m_jobs.push_back({std::move(request), std::move(pending)});
    }
    m_wake.notify_one();
}

void EchoHandler::work()
{
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_closing || !m_jobs.empty(); });
        if (m_jobs.empty())
            return;
        Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        if (job.request.path == "/later")
            job.pending.answer(text(job.request.body));
    }
}

std::vector<PendingAnswer> EchoHandler::takeKept()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_kept, {});
}

} // namespace warder::test
