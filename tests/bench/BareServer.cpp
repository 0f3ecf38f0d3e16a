// The same core and pipeline behind a bare QHttpServer, without the gate: what the gate costs is measured against this. One
// HTTP thread; answers inline routes only, so register with the real server and copy its data directory. Never for use.

#include "app/CommandLine.h"
#include "app/ProcessSignals.h"
#include "core/api/HttpOptions.h"
#include "core/api/Pipeline.h"
#include "core/assembly/Core.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/net/EventThread.h"
#include "core/net/gate/ConnectionCounts.h"
#include "core/platform/ProcessSetup.h"
#include "core/telemetry/Log.h"

#include <QAbstractHttpServer>
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QTcpServer>
#include <QUrl>

#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

/// Writes the answer of the request that is being handled.
class InlineSink final : public AnswerSink
{
public:
    explicit InlineSink(QHttpServerResponder &responder) : m_responder(responder) {}

    void accept(quint64, HttpResponse answer) override
    {
        m_responder.write(answer.body, answer.headers, QHttpServerResponder::StatusCode(answer.status));
    }

private:
    QHttpServerResponder &m_responder;
};

class BareFront final : public QAbstractHttpServer
{
public:
    explicit BareFront(HttpHandler &handler) : m_handler(handler) {}

protected:
    bool handleRequest(const QHttpServerRequest &asked, QHttpServerResponder &responder) override
    {
        HttpRequest request {.method = asked.method() == QHttpServerRequest::Method::Post ? HttpMethod::Post : HttpMethod::Get,
                             .path = asked.url().path(QUrl::FullyEncoded).toLatin1(),
                             .query = asked.url().query(QUrl::FullyEncoded).toLatin1(),
                             .headers = asked.headers(),
                             .body = asked.body(),
                             .client = asked.remoteAddress(),
                             .peer = asked.remoteAddress()};
        m_handler.handle(std::move(request), PendingAnswer(std::make_shared<InlineSink>(responder), 1));
        return true;
    }

    void missingHandler(const QHttpServerRequest &asked, QHttpServerResponder &responder) override { handleRequest(asked, responder); }

private:
    HttpHandler &m_handler;
};

int serveBare(Core &core, const HostPort &place)
{
    const Settings settings = core.settings.get();
    Lanes lanes(LaneSizes::from(settings));
    const ConnectionCounts counts;
    const std::atomic<bool> paused = false;
    const auto pipeline =
        std::make_shared<Pipeline>(core.services(lanes, counts, paused), HttpOptions::from(settings, core.tokenPolicy.issuer));
    std::unique_ptr<BareFront> front;
    EventThread thread("http-0");
    bool listens = false;
    thread.run([&] {
        front = std::make_unique<BareFront>(*pipeline);
        auto server = std::make_unique<QTcpServer>();
        listens = server->listen(place.address, place.port) && front->bind(server.get());
        if (listens)
            (void)server.release(); // the adapter owns it now
    });
    const ProcessSignals signals_;
    QObject::connect(&signals_, &ProcessSignals::stopRequested, qApp, &QCoreApplication::quit);
    const int code = listens ? QCoreApplication::exec() : 1;
    thread.run([&] { front.reset(); });
    lanes.close();
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    setUpProcess();
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions(startOptions());
    parser.process(application);
    const auto options = startOptionsFrom(parser);
    const auto settings = options.and_then(loadSettings);
    auto directory = options.and_then([](const StartOptions &given) { return DataDirectory::open(given.dataDirectory); });
    if (!settings || !directory) {
        std::fprintf(stderr, "%s\n", qPrintable((settings ? directory.error() : settings.error()).detail));
        return 1;
    }
    configureLog(LogSetup::from(*settings));
    const CryptoLibraries libraries;
    const SystemClock clock;
    const auto core = Core::open(std::move(*directory), *settings, clock);
    if (!core) {
        std::fprintf(stderr, "%s\n", qPrintable(core.error().detail));
        return 1;
    }
    return serveBare(**core, listenPointsFrom(*settings).first().place);
}
