#include "core/console/ConsoleSocket.h"

#include "core/base/StrictJson.h"
#include "core/console/ConsoleMethods.h"
#include "core/console/Messages.h"
#include "core/telemetry/Log.h"

#include <QFile>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QPointer>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 longestMessage = 1024 * 1024;
constexpr int mostClients = 16;
constexpr Seconds keepEvery {2};

/// 0: there is none.
quint64 inodeOf(const QString &path)
{
    struct stat status {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_ino : 0;
}

bool isTrusted(const QLocalSocket &client)
{
    ucred peer {};
    socklen_t size = sizeof peer;
    return getsockopt(int(client.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
           && (peer.uid == geteuid() || peer.uid == 0);
}

void send(QLocalSocket *client, const QJsonObject &message) { client->write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n'); }

const ConsoleMethod *find(QStringView name)
{
    const auto &methods = consoleMethods();
    const auto found = std::ranges::find_if(methods, [name](const ConsoleMethod &method) { return name == method.name; });
    return found == methods.end() ? nullptr : &*found;
}

/// The import that an order adds to, if it is such an order.
QSet<Id> begunBy(const ConsoleMethod &method, const QJsonObject &params)
{
    const auto import = Id::fromString(params.value("import"_L1).toString());
    return method.name == "addToImport"_L1 && import ? QSet<Id> {*import} : QSet<Id>();
}

} // namespace

ConsoleSocket::ConsoleSocket(Console &console) : m_console(console)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(mostClients);
    connect(&m_server, &QLocalServer::newConnection, this, &ConsoleSocket::welcome);
    connect(&m_keeping, &QTimer::timeout, this, &ConsoleSocket::keepFile);
}

ConsoleSocket::~ConsoleSocket() { m_server.close(); }

Result<void> ConsoleSocket::listen(const QString &path)
{
    m_path = path;
    m_name = std::make_unique<SocketPath>(path);
    m_keeping.start(keepEvery);
    return listenAgain();
}

Result<void> ConsoleSocket::listenAgain()
{
    QLocalServer::removeServer(m_name->name());
    if (!m_server.listen(m_name->name()))
        return refused(ErrorCode::StorageFailure, u"the console's socket %1 cannot be made: %2"_s.arg(m_path, m_server.errorString()));
    m_file = inodeOf(m_path);
    return {};
}

/// Without its file nobody finds us, and whoever cleans up folders takes sockets for rubbish.
void ConsoleSocket::keepFile()
{
    if (m_file != 0 && inodeOf(m_path) == m_file)
        return;
    m_server.close();
    if (listenAgain())
        log(LogLevel::Warning, "console_socket_remade"_L1, {{"why"_L1, u"somebody removed or replaced %1"_s.arg(m_path)}});
    else
        m_file = 0;
}

void ConsoleSocket::welcome()
{
    while (QLocalSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
        if (!isTrusted(*client) || m_server.findChildren<QLocalSocket *>().size() > mostClients) {
            client->abort();
            client->deleteLater();
            continue;
        }
        connect(client, &QLocalSocket::disconnected, this, [this, client] { forgetImports(m_imports.take(client)); });
        client->setReadBufferSize(longestMessage + 1);
        connect(client, &QLocalSocket::readyRead, this, [this, client] { read(client); });
        read(client);
    }
}

void ConsoleSocket::read(QLocalSocket *client)
{
    while (client->canReadLine())
        answer(client, client->readLine(longestMessage + 1));
    if (client->bytesAvailable() > longestMessage) {
        send(client, {{u"error"_s, toJson(Error {.code = ErrorCode::BodyTooLarge, .detail = u"a message of more than 1 MiB"_s})}});
        client->flush();
        client->abort();
    }
}

void ConsoleSocket::answer(QLocalSocket *client, const QByteArray &line)
{
    const auto message = parseStrictJsonObject(line, {.depth = 8, .values = 100'000});
    if (message && message->size() == 1 && message->contains("cancel"_L1)) {
        if (const auto cancel = m_pending.take({client, message->value("cancel"_L1).toInteger()}))
            cancel();
        return;
    }
    const ConsoleMethod *method = message ? find(message->value("method"_L1).toString()) : nullptr;
    if (!method) {
        send(client, {{u"id"_s, message ? message->value("id"_L1) : QJsonValue()},
                      {u"error"_s, toJson(Error {.code = ErrorCode::BadRequest, .detail = u"not a message with a known method"_s})}});
        return;
    }
    const QJsonObject params = message->value("params"_L1).toObject();
    const QJsonValue id = message->value("id"_L1);
    if (!method->isServedBy(params)) {
        send(client,
             {{u"id"_s, id},
              {u"error"_s, toJson(Error {.code = ErrorCode::BadRequest,
                                         .detail = u"a parameter of %1 is missing, unknown or of another type"_s.arg(method->name)})}});
        return;
    }
    run(*method, params, id, client);
}

void ConsoleSocket::run(const ConsoleMethod &method, const QJsonObject &params, const QJsonValue &id, QLocalSocket *client)
{
    const PendingResult pending = method.run(m_console, params);
    const std::pair key {client, id.toInteger()};
    m_pending.insert(key, pending.cancel);
    pending.watch(client, [client, id](int done, int all) { send(client, {{u"progress"_s, id}, {u"done"_s, done}, {u"all"_s, all}}); });
    const QSet<Id> import = begunBy(method, params);
    if (!import.isEmpty())
        m_imports[client] += import;
    const auto answer = [this, key, client = QPointer(client), id, import](const Result<QJsonValue> &result) {
        m_pending.remove(key);
        if (!client)
            return forgetImports(import); // which may have begun only after the client had left
        if (result)
            send(client, {{u"id"_s, id}, {u"result"_s, *result}});
        else
            send(client, {{u"id"_s, id}, {u"error"_s, toJson(result.error())}});
    };
    QFuture<Result<QJsonValue>>(pending.json).then(this, answer);
}

/// A dry run, whose outcome nobody hears, is how an import ends without a change. One that is finished is not known any more.
void ConsoleSocket::forgetImports(const QSet<Id> &imports)
{
    for (const Id &import : imports)
        (void)m_console.finishImport(import, {.skipExisting = true, .dryRun = true});
}

} // namespace warder
