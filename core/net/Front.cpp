#include "core/net/Front.h"

#include "core/net/Mailroom.h"
#include "core/net/gate/GateHouse.h"

#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
#include <QHttpServerConfiguration>
#endif
#include <QHttpServerRequest>
#include <QLoggingCategory>
#include <QUrl>

#include <exception>

namespace warder {
namespace {

Q_LOGGING_CATEGORY(front, "warder.http")

bool isFinalStatus(int status) { return status >= 200 && status <= 599; }

/// A handler's nonsense becomes a 500: QHttpServer would write it as it is.
void write(HttpAnswer answer, QHttpServerResponder &responder)
{
    if (!isFinalStatus(answer.status))
        answer = HttpAnswer::serverError();
    if (answer.headers.contains(QHttpHeaders::WellKnownHeader::ContentLength))
        answer.headers.removeAll(QHttpHeaders::WellKnownHeader::ContentLength);
    responder.write(answer.body, answer.headers, QHttpServerResponder::StatusCode(answer.status));
}

} // namespace

Front::Front(GateHouse &house, int httpThread)
    : m_house(house), m_httpThread(httpThread), m_bell([this] { deliverMail(); }), m_mailroom(std::make_shared<Mailroom>(*this, m_bell))
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
    // Deadlines are the gate's; Qt's own one would end a connection while its next request comes in.
    QHttpServerConfiguration patient = configuration();
    patient.setKeepAliveTimeout(std::chrono::days(1));
    setConfiguration(patient);
#endif
}

Front::~Front()
{
    m_mailroom->close();
    m_owed.clear(); // responders die while their connections still live
}

bool Front::handleRequest(const QHttpServerRequest &asked, QHttpServerResponder &responder)
{
    auto request = m_house.fetch(QStringView(asked.url().path()).sliced(1).toULongLong());
    ++m_lastTicket;
    m_current = &responder;
    if (request)
        callHandler(std::move(*request));
    else
        write(HttpAnswer::serverError(), *std::exchange(m_current, nullptr)); // QHttpServer read what the gate did not write
    if (m_current)
        m_owed.emplace(m_lastTicket, std::move(responder));
    m_current = nullptr;
    return true;
}

void Front::missingHandler(const QHttpServerRequest &asked, QHttpServerResponder &responder) { handleRequest(asked, responder); }

void Front::callHandler(HttpRequest request)
{
    request.httpThread = m_httpThread;
    try {
        m_house.handler().handle(std::move(request), Ticket(m_mailroom, m_lastTicket));
    } catch (const std::exception &bug) {
        qCCritical(front, "a handler threw: %s", bug.what());
    } catch (...) {
        qCCritical(front, "a handler threw something that is no std::exception");
    }
}

bool Front::answerNow(quint64 ticket, HttpAnswer &answer)
{
    if (!m_current || ticket != m_lastTicket)
        return false;
    write(std::move(answer), *std::exchange(m_current, nullptr));
    return true;
}

void Front::deliverMail()
{
    for (Mailroom::Letter &letter : m_mailroom->takeAll())
        deliver(letter.ticket, std::move(letter.answer));
}

void Front::deliver(quint64 ticket, HttpAnswer answer)
{
    auto found = m_owed.extract(ticket);
    if (!found.empty())
        write(std::move(answer), found.mapped());
}

} // namespace warder
