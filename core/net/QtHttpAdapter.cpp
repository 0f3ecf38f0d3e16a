#include "core/net/QtHttpAdapter.h"

#include "core/net/AnswerQueue.h"
#include "core/net/gate/ThreadConnections.h"

#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
#include <QHttpServerConfiguration>
#endif
#include <QHttpServerRequest>
#include <QLoggingCategory>
#include <QUrl>

#include <exception>

namespace warder {
namespace {

Q_LOGGING_CATEGORY(adapter, "warder.http")

bool isFinalStatus(int status) { return status >= 200 && status <= 599; }

/// A handler's nonsense becomes a 500: QHttpServer would write it as it is.
void write(HttpResponse answer, QHttpServerResponder &responder)
{
    if (!isFinalStatus(answer.status))
        answer = HttpResponse::error(ErrorCode::Internal);
    if (answer.headers.contains(QHttpHeaders::WellKnownHeader::ContentLength))
        answer.headers.removeAll(QHttpHeaders::WellKnownHeader::ContentLength);
    responder.write(answer.body, answer.headers, QHttpServerResponder::StatusCode(answer.status));
}

} // namespace

QtHttpAdapter::QtHttpAdapter(ThreadConnections &connections, int httpThread)
    : m_connections(connections), m_httpThread(httpThread), m_wakeup([this] { deliverAnswers(); }),
      m_answers(std::make_shared<AnswerQueue>(*this, m_wakeup))
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
    // Deadlines are the gate's; Qt's own one would end a connection while its next request comes in.
    QHttpServerConfiguration patient = configuration();
    patient.setKeepAliveTimeout(std::chrono::days(1));
    setConfiguration(patient);
#endif
}

QtHttpAdapter::~QtHttpAdapter()
{
    m_answers->close();
    m_responders.clear(); // responders die while their connections still live
}

bool QtHttpAdapter::handleRequest(const QHttpServerRequest &asked, QHttpServerResponder &responder)
{
    auto request = m_connections.fetch(QStringView(asked.url().path()).sliced(1).toULongLong());
    ++m_lastId;
    m_current = &responder;
    if (request)
        callHandler(std::move(*request));
    else
        write(HttpResponse::error(ErrorCode::Internal), *std::exchange(m_current, nullptr)); // QHttpServer read what the gate did not write
    if (m_current)
        m_responders.emplace(m_lastId, std::move(responder));
    m_current = nullptr;
    return true;
}

void QtHttpAdapter::missingHandler(const QHttpServerRequest &asked, QHttpServerResponder &responder) { handleRequest(asked, responder); }

void QtHttpAdapter::callHandler(HttpRequest request)
{
    request.httpThread = m_httpThread;
    try {
        m_connections.handler().handle(std::move(request), PendingAnswer(m_answers, m_lastId));
    } catch (const std::exception &bug) {
        qCCritical(adapter, "a handler threw: %s", bug.what());
    } catch (...) {
        qCCritical(adapter, "a handler threw something that is no std::exception");
    }
}

bool QtHttpAdapter::answerNow(quint64 id, HttpResponse &answer)
{
    if (!m_current || id != m_lastId)
        return false;
    write(std::move(answer), *std::exchange(m_current, nullptr));
    return true;
}

void QtHttpAdapter::deliverAnswers()
{
    for (AnswerQueue::Item &item : m_answers->takeAll())
        deliver(item.id, std::move(item.answer));
}

void QtHttpAdapter::deliver(quint64 id, HttpResponse answer)
{
    auto found = m_responders.extract(id);
    if (!found.empty())
        write(std::move(answer), found.mapped());
}

} // namespace warder
