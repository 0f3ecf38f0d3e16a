#pragma once

#include "core/net/HttpRequest.h"
#include "core/net/HttpResponse.h"
#include "core/net/Wakeup.h"

#include <QAbstractHttpServer>
#include <QHttpServerResponder>

#include <unordered_map>

namespace warder {

class ThreadConnections;
class AnswerQueue;

/// One HTTP thread's QHttpServer, without routes. QHttpServer reads the number of a parked request; this fetches that request, passes
/// it to the handler, and keeps the responders of requests that are answered later. Made, used and destroyed on its thread.
class QtHttpAdapter final : public QAbstractHttpServer
{
    Q_OBJECT
public:
    QtHttpAdapter(ThreadConnections &connections, int httpThread);
    ~QtHttpAdapter() override; ///< Responses that are still to come are dropped.

    /// Answers request `id` if its handler is running right now; else returns false and leaves `answer` untouched.
    bool answerNow(quint64 id, HttpResponse &answer);

protected:
    bool handleRequest(const QHttpServerRequest &asked, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &asked, QHttpServerResponder &responder) override;

private:
    void callHandler(HttpRequest request);
    void deliverAnswers();
    void deliver(quint64 id, HttpResponse answer);

    ThreadConnections &m_connections;
    const int m_httpThread;
    Wakeup m_wakeup;
    const std::shared_ptr<AnswerQueue> m_answers;
    std::unordered_map<quint64, QHttpServerResponder> m_responders;
    quint64 m_lastId = 0;
    QHttpServerResponder *m_current = nullptr; ///< Of m_lastId, while its handler runs and has not answered.
};

} // namespace warder
