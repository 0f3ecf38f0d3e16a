#pragma once

#include "core/net/Doorbell.h"
#include "core/net/HttpHandler.h"

#include <QAbstractHttpServer>
#include <QHttpServerResponder>

#include <unordered_map>

namespace warder {

class GateHouse;
class Mailroom;

/// One HTTP thread's QHttpServer, without routes: fetches the request whose number it read for the house's handler, and keeps the
/// responders of requests that are answered later. Made, used and destroyed on its thread.
class Front final : public QAbstractHttpServer
{
    Q_OBJECT
public:
    Front(GateHouse &house, int httpThread);
    ~Front() override; ///< Answers that are still owed are dropped.

    /// Answers the request that is being handled right now; false (answer untouched) when that is another one.
    bool answerNow(quint64 ticket, HttpAnswer &answer);

    std::size_t owed() const { return m_owed.size(); }

protected:
    bool handleRequest(const QHttpServerRequest &asked, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &asked, QHttpServerResponder &responder) override;

private:
    void callHandler(HttpRequest request);
    void deliverMail();
    void deliver(quint64 ticket, HttpAnswer answer);

    GateHouse &m_house;
    const int m_httpThread;
    Doorbell m_bell;
    const std::shared_ptr<Mailroom> m_mailroom;
    std::unordered_map<quint64, QHttpServerResponder> m_owed;
    quint64 m_lastTicket = 0;
    QHttpServerResponder *m_current = nullptr; ///< Of m_lastTicket, while its handler runs and has not answered.
};

} // namespace warder
