#include "core/console/wire/ConsoleClient.h"

#include "core/base/Id.h"
#include "core/base/StrictJson.h"
#include "core/base/Text.h"
#include "core/console/Json.h"
#include "core/console/orders/All.h"
#include "core/console/wire/Hello.h"

#include <QDeadlineTimer>
#include <QFutureWatcher>
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

/// An errand whose answer is JSON, made on the thread that answers.
template <typename Order>
class WireErrand final : public ErrandOf<Order>
{
public:
    explicit WireErrand(Order order) : ErrandOf<Order>(std::move(order)) { m_json.start(); }
    ~WireErrand() override { this->close(); }

    QFuture<Result<QJsonValue>> json() const { return m_json.future(); }

private:
    void noteAnswer(const Result<typename Order::Answer> &answer) override
    {
        if (!answer)
            m_json.addResult(refused(answer));
        else if constexpr (std::is_void_v<typename Order::Answer>)
            m_json.addResult(QJsonValue());
        else
            m_json.addResult(warder::toJson(*answer));
        m_json.finish();
    }

    QPromise<Result<QJsonValue>> m_json;
};

struct WireAsked
{
    std::unique_ptr<Errand> errand;
    QFuture<void> future; ///< By which it is taken back, and tells how far it is.
    QFuture<Result<QJsonValue>> json;
    bool endsWithProgram = false;
    Id import = {}; ///< Which it adds to.
};

void watchProgress(const QFuture<void> &answer, QObject *context, const std::function<void(int done, int all)> &report)
{
    auto *watcher = new QFutureWatcher<void>(context);
    QObject::connect(watcher, &QFutureWatcherBase::progressValueChanged, context, [watcher, report](int done) {
        if (watcher->progressMaximum() > 0) // else it only begins
            report(done, watcher->progressMaximum());
    });
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(answer);
}

constexpr Milliseconds lastWords {200}; ///< For a program that does not read.

/// Of a message that is read loosely; null: it has none. Whoever asked would wait for ever for an answer without it.
QJsonValue idIn(const QByteArray &line)
{
    const QJsonValue id = QJsonDocument::fromJson(line).object().value("id"_L1);
    return id.isDouble() ? id : QJsonValue();
}

/// A dry run, whose outcome nobody hears, is how an import ends without a change. One that is finished is not known any more.
void forget(Console &console, Id import)
{
    (void)console.ask(FinishImport {.import = import, .options = {.skipExisting = true, .dryRun = true}});
}

/// Nobody would hear the answer; and an import, which may hash passwords for hours, or a restore that is not ready yet, is stopped by
/// whoever stops its program.
template <typename Order>
constexpr bool endsWithProgram = requires { Order::onlyReads; } || std::same_as<Order, FinishImport> || std::same_as<Order, RestoreBackup>;

template <typename Order>
Result<WireAsked> askFor(const QJsonValue &params)
{
    auto order = fromJson<Order>(params, u"params");
    if (!order)
        return refused(order);
    WireAsked asked;
    asked.endsWithProgram = endsWithProgram<Order>;
    if constexpr (std::same_as<Order, AddToImport>)
        asked.import = order->import;
    auto *errand = new WireErrand<Order>(*std::move(order));
    asked.errand.reset(errand);
    asked.future = QFuture<void>(errand->future());
    asked.json = errand->json();
    return asked;
}

using Ask = Result<WireAsked> (*)(const QJsonValue &params);

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
    for (Pending &pending : m_pending) {
        if (pending.endsWithProgram)
            pending.future.cancel();
    }
    for (const Id &import : std::as_const(m_imports))
        forget(m_console, import);
}

void ConsoleClient::close()
{
    m_socket.disconnect(); // whose end would ask something of a console that is gone
    for (const auto &[id, pending] : std::as_const(m_pending).asKeyValueRange()) {
        if (pending.json.isFinished())
            sendAnswer(id, pending.json.result());
    }
    m_pending.clear();
    for (const QDeadlineTimer patience(lastWords); m_socket.bytesToWrite() > 0 && !patience.hasExpired();) { // a list may be long
        if (!m_socket.waitForBytesWritten(int(patience.remainingTime())))
            break;
    }
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
        return sendAnswer(idIn(line), refused(ErrorCode::BadRequest, u"not a message: %1"_s.arg(message.error().message)));
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
        m_pending.take(wanted.cancel).future.cancel(); // none where it was answered meanwhile
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
    auto asked = ask(request->params);
    if (!asked)
        return refused(asked);
    m_pending.insert(id, {.future = asked->future, .json = asked->json, .endsWithProgram = asked->endsWithProgram});
    watchProgress(asked->future, this, [this, id](int done, int all) { send({{u"progress"_s, id}, {u"done"_s, done}, {u"all"_s, all}}); });
    if (!asked->import.isNull())
        m_imports += asked->import;
    const auto deliver = [client = QPointer(this), &console = m_console, id, future = asked->future,
                          import = asked->import](const Result<QJsonValue> &result) {
        if (client && !future.isCanceled()) // or they took it back, and its id may be another question's by now
            client->finish(id, result);
        else if (!client && !import.isNull())
            forget(console, import); // which may have begun only after the client had left
    };
    asked->json.then(m_socket.parent(), deliver); // the server, which outlives its clients
    m_console.carry(std::move(asked->errand));
    return {};
}

} // namespace warder
