#include "core/console/wire/ConsoleClient.h"

#include "core/base/Id.h"
#include "core/base/StrictJson.h"
#include "core/base/Text.h"
#include "core/console/orders/All.h"
#include "core/console/wire/Hello.h"

#include <QJsonDocument>
#include <QPointer>

#include <tuple>

namespace warder {
namespace {

struct WireRequest
{
    qint64 id = 0;
    QString order;
    QJsonObject params;
    static void members(auto &visit, auto &v) { visit("id"_L1, v.id, "order"_L1, v.order, "params"_L1, v.params); }
};

/// What is in a hello is read by Hello, leniently: a later protocol may have more.
struct WireHello
{
    QJsonValue hello;
    static void members(auto &visit, auto &v) { visit("hello"_L1, v.hello); }
};

struct WireCancel
{
    qint64 cancel = 0;
    static void members(auto &visit, auto &v) { visit("cancel"_L1, v.cancel); }
};

struct WireAnswer
{
    QFuture<Result<QJsonValue>> json;
    std::function<void()> cancel;
    std::function<void(QObject *context, std::function<void(int done, int all)> report)> watch;
    bool onlyReads = false;
    Id import = {}; ///< Which it adds to.
};

template <typename T>
void watchProgress(const Answer<T> &answer, QObject *context, const std::function<void(int, int)> &report)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::progressValueChanged, context, [watcher, report](int done) {
        if (watcher->progressMaximum() > 0) // else it only begins
            report(done, watcher->progressMaximum());
    });
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(answer);
}

/// A dry run, whose outcome nobody hears, is how an import ends without a change. One that is finished is not known any more.
void forget(Console &console, Id import)
{
    (void)console.ask(FinishImport {.import = import, .options = {.skipExisting = true, .dryRun = true}});
}

template <typename Order>
constexpr bool onlyReads = requires { Order::onlyReads; };

template <typename Order>
Result<WireAnswer> askFor(Console &console, const QJsonValue &params)
{
    const auto order = fromJson<Order>(params, u"params");
    if (!order)
        return refused(order);
    auto answer = console.ask(*order);
    auto json = answer.then([](const Result<typename Order::Answer> &result) -> Result<QJsonValue> {
        if (!result)
            return refused(result);
        if constexpr (std::is_void_v<typename Order::Answer>)
            return QJsonValue();
        else
            return toJson(*result);
    });
    WireAnswer wire {.json = json,
                     .cancel = [answer]() mutable { answer.cancel(); },
                     .watch = [answer](QObject *context, const auto &report) { watchProgress(answer, context, report); },
                     .onlyReads = onlyReads<Order>};
    if constexpr (std::same_as<Order, AddToImport>)
        wire.import = order->import;
    return wire;
}

using Ask = Result<WireAnswer> (*)(Console &console, const QJsonValue &params);

template <typename... Orders>
QHash<QString, Ask> tableOf(const std::tuple<Orders...> &)
{
    return {{QString(Orders::name), &askFor<Orders>}...};
}

} // namespace

ConsoleClient::ConsoleClient(Console &console, QLocalSocket *socket) : QObject(socket), m_console(console), m_socket(*socket)
{
    socket->setReadBufferSize(longestMessage + 1);
    connect(socket, &QLocalSocket::readyRead, this, &ConsoleClient::read);
    connect(socket, &QLocalSocket::disconnected, this, &ConsoleClient::leave);
    send(Hello::message());
    read();
}

void ConsoleClient::leave()
{
    for (const Pending &pending : std::as_const(m_pending)) {
        if (pending.onlyReads)
            pending.cancel();
    }
    for (const Id &import : std::as_const(m_imports))
        forget(m_console, import);
}

void ConsoleClient::send(const QJsonObject &message) { m_socket.write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n'); }

void ConsoleClient::sendAnswer(const QJsonValue &id, const Result<QJsonValue> &result)
{
    if (result)
        send({{u"id"_s, id}, {u"result"_s, *result}});
    else
        send({{u"id"_s, id}, {u"error"_s, toJson(result.error())}});
}

void ConsoleClient::finish(qint64 id, const Result<QJsonValue> &result)
{
    m_pending.remove(id);
    sendAnswer(id, result);
}

void ConsoleClient::read()
{
    while (m_socket.canReadLine())
        readMessage(m_socket.readLine(longestMessage + 1));
    if (m_socket.bytesAvailable() > longestMessage) {
        sendAnswer({}, refused(ErrorCode::BodyTooLarge, u"a message of more than 1 MiB"_s));
        m_socket.flush();
        m_socket.abort();
    }
}

void ConsoleClient::readMessage(const QByteArray &line)
{
    const auto message = parseStrictJsonObject(line, {.depth = 8, .values = 100'000, .names = 100'000});
    if (!message)
        return sendAnswer({}, refused(ErrorCode::BadRequest, u"not a message: %1"_s.arg(message.error().message)));
    const QJsonValue id = message->value("id"_L1);
    const auto taken = message->contains("hello"_L1) && !m_greeting             ? greet(*message)
                       : message->contains("cancel"_L1) && message->size() == 1 ? cancel(*message)
                                                                                : run(*message, id.toInteger());
    if (!taken)
        sendAnswer(id, refused(taken));
}

Result<void> ConsoleClient::greet(const QJsonObject &message)
{
    return fromJson<WireHello>(message, u"").transform([&](const WireHello &) {
        m_greeting = Hello::check(Hello::of(message), Hello::From::Program);
    });
}

Result<void> ConsoleClient::cancel(const QJsonObject &message)
{
    return fromJson<WireCancel>(message, u"").transform([this](const WireCancel &wanted) {
        if (const Pending pending = m_pending.take(wanted.cancel); pending.cancel) // else it was answered meanwhile
            pending.cancel();
    });
}

Result<void> ConsoleClient::run(const QJsonObject &message, qint64 id)
{
    if (const auto greeted = m_greeting.value_or(Hello::check(std::nullopt, Hello::From::Program)); !greeted)
        return refused(greeted);
    const auto request = fromJson<WireRequest>(message, u"");
    if (!request)
        return refused(request);
    static const QHash<QString, Ask> orders = tableOf(AllOrders());
    const Ask ask = orders.value(request->order);
    if (!ask)
        return refused(ErrorCode::BadRequest, u"order: %1 is unknown"_s.arg(shortened(request->order)));
    if (m_pending.contains(id))
        return refused(ErrorCode::BadRequest, u"id: %1 waits for an answer already"_s.arg(id));
    auto answer = ask(m_console, request->params);
    if (!answer)
        return refused(answer);
    m_pending.insert(id, {.cancel = answer->cancel, .onlyReads = answer->onlyReads});
    answer->watch(this, [this, id](int done, int all) { send({{u"progress"_s, id}, {u"done"_s, done}, {u"all"_s, all}}); });
    if (!answer->import.isNull())
        m_imports += answer->import;
    const auto deliver = [client = QPointer(this), &console = m_console, id, import = answer->import](const Result<QJsonValue> &result) {
        if (client)
            client->finish(id, result);
        else if (!import.isNull())
            forget(console, import); // which may have begun only after the client had left
    };
    answer->json.then(m_socket.parent(), deliver); // the server, which outlives its clients
    return {};
}

} // namespace warder
