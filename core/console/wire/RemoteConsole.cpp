#include "core/console/wire/RemoteConsole.h"

#include "core/console/Json.h"
#include "core/console/wire/ConsoleClient.h"
#include "core/console/wire/Hello.h"
#include "core/console/wire/OrderJson.h"
#include "core/platform/SocketPath.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int patienceMs = 2000;
constexpr Milliseconds triedAgainAfter {500};
constexpr Milliseconds triedAgainElsewhereAfter {2000}; // each look is a question to another machine
const Error gone {.code = ErrorCode::ConnectionLost,
                  .detail = u"the server went away before it answered; what was ordered may have been carried out"_s};

QByteArray wireBytesOf(const QJsonObject &message) { return QJsonDocument(message).toJson(QJsonDocument::Compact); }

} // namespace

RemoteConsole::RemoteConsole()
{
    m_socket.setReadBufferSize(longestMessage + 1);
    connect(&m_socket, &QLocalSocket::readyRead, this, &RemoteConsole::read);
    connect(&m_socket, &QLocalSocket::connected, this, &RemoteConsole::greet);
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] {
        m_greeting.reset();
        failAll(gone);
        Q_EMIT closed();
    });
    connect(&m_retry, &QTimer::timeout, this, &RemoteConsole::connectAgain);
}

RemoteConsole::~RemoteConsole()
{
    m_socket.disconnect(this);
    failAll(gone);
}

Result<void> RemoteConsole::connectTo(const QString &path)
{
    const SocketPath name(path);
    m_socket.connectToServer(name.name());
    if (m_socket.waitForConnected(patienceMs))
        return {};
    const bool forbidden = m_socket.error() == QLocalSocket::SocketAccessError;
    return refused(forbidden ? ErrorCode::StorageFailure : ErrorCode::Busy, u"%1: %2"_s.arg(path, m_socket.errorString()));
}

void RemoteConsole::attachTo(const QString &path) { attach(path, triedAgainAfter); }

void RemoteConsole::attachThrough(const QString &path)
{
    m_asksOnceGreeted = true;
    attach(path, triedAgainElsewhereAfter);
}

void RemoteConsole::attach(const QString &path, Milliseconds lookEvery)
{
    m_path = path;
    m_retry.start(lookEvery);
    connectAgain();
}

void RemoteConsole::connectAgain()
{
    const SocketPath name(m_path); // of the folder that is there now
    if (m_socket.state() == QLocalSocket::UnconnectedState)
        m_socket.connectToServer(name.name());
}

void RemoteConsole::disconnectNow() { m_socket.abort(); }

std::optional<Error> RemoteConsole::refusal() const
{
    return m_greeting && !*m_greeting ? std::optional(m_greeting->error()) : std::nullopt;
}

void RemoteConsole::adopt(qintptr descriptor)
{
    m_isAdopted = true;
    m_asksOnceGreeted = true;
    m_socket.setSocketDescriptor(descriptor);
}

void RemoteConsole::greet()
{
    m_greeting.reset();
    send(Hello::message());
}

void RemoteConsole::send(const QJsonObject &message) { m_socket.write(wireBytesOf(message) + '\n'); }

void RemoteConsole::carry(std::unique_ptr<Errand> errand)
{
    if (m_socket.state() != QLocalSocket::ConnectedState || (m_asksOnceGreeted && !m_greeting))
        return errand->refuse({.code = ErrorCode::Busy, .detail = u"the server is gone"_s});
    if (m_greeting && !*m_greeting)
        return errand->refuse(m_greeting->error());
    const qint64 id = ++m_lastId;
    const QByteArray order = wireBytesOf({{u"id"_s, id}, {u"order"_s, errand->name()}, {u"params"_s, orderJson(*errand)}});
    if (order.size() > ConsoleClient::longestMessage) // the server would end the connection, and what others wait for
        return errand->refuse({.code = ErrorCode::BodyTooLarge, .detail = u"the order is longer than 1 MiB"_s});
    errand->whenCanceled(this, [this, id] {
        if (m_waiting.erase(id) > 0)
            send({{u"cancel"_s, id}});
    });
    m_socket.write(order + '\n');
    m_waiting.emplace(id, std::move(errand));
}

void RemoteConsole::read()
{
    while (m_socket.canReadLine())
        readMessage(QJsonDocument::fromJson(m_socket.readLine()).object());
    if (m_socket.bytesAvailable() <= longestMessage)
        return;
    failAll({.code = ErrorCode::ConnectionLost,
             .detail = u"the server says more than 16 MiB at once; what was ordered may have been carried out"_s});
    m_socket.abort();
}

void RemoteConsole::readMessage(const QJsonObject &message)
{
    const auto hello = Hello::of(message);
    if (m_isAdopted && hello) {
        failAll(gone); // what was asked of the server as it was before
        greet();
    }
    if (!m_greeting) {
        m_greeting = Hello::check(hello, Hello::From::Server);
        if (!*m_greeting)
            failAll(m_greeting->error());
        Q_EMIT greeted();
        return;
    }
    if (const auto working = m_waiting.find(message.value("progress"_L1).toInteger()); working != m_waiting.end())
        return working->second->reportProgress(message.value("done"_L1).toInt(), message.value("all"_L1).toInt());
    const auto error = message.constFind("error"_L1);
    const bool isRefused = error != message.constEnd();
    if (isRefused && !message.value("id"_L1).isDouble())
        return hearRefusalOfAny(fromJson<Error>(*error, u"error"));
    const auto waiting = m_waiting.extract(message.value("id"_L1).toInteger());
    if (waiting.empty())
        return;
    if (isRefused) {
        const auto refusal = fromJson<Error>(*error, u"error");
        waiting.mapped()->refuse(refusal ? *refusal : refusal.error());
    } else {
        answerWith(*waiting.mapped(), message.value("result"_L1));
    }
}

/// Nobody knows whose message the server could not read, nor which of the others it has carried out.
void RemoteConsole::hearRefusalOfAny(const Result<Error> &refusal)
{
    const QString why = refusal ? refusal->detail : refusal.error().detail;
    failAll({.code = ErrorCode::ConnectionLost,
             .detail = u"the server cannot read what it was sent: %1; what was ordered may have been carried out"_s.arg(why)});
}

void RemoteConsole::failAll(const Error &error)
{
    for (const auto waiting = std::exchange(m_waiting, {}); const auto &[id, errand] : waiting)
        errand->refuse(error);
}

} // namespace warder
