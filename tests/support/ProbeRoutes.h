#pragma once

#include "core/api/Call.h"
#include "core/api/Caller.h"
#include "core/api/FieldDoc.h"
#include "core/api/Route.h"
#include "tests/support/ApiClient.h"
#include "tests/support/ApiServer.h"

#include <semaphore>

namespace warder::test {

/// The ticket that `PendingProbe` knows, and the client of `ClientProbe`: an id and a secret with all that form-encoding is for.
inline const QByteArray goodTicket = QByteArrayLiteral("ticket-of-ann");
inline const QString probeClient = QStringLiteral("shop: 1");
inline const QString probeSecret = QStringLiteral("s3cr+t/%&äx");

/// Takes the ticket from the body, or else from its cookie.
class PendingProbe final : public CallerSource<PendingCaller>
{
public:
    Result<PendingCaller> callerOf(const Call &call) const override;
};

class ClientProbe final : public CallerSource<ClientCaller>
{
public:
    Result<ClientCaller> callerOf(const Call &call) const override;
};

/// The fields of `/probe/fields`, in the body, and of `/probe/query`.
QList<FieldDoc> probeFields();

/// A route for each thing that a row may say and no route of the product says yet, each answering with what its handler saw. They hold
/// what they need, so they may be served by several servers.
class ProbeRoutes final
{
public:
    /// For ApiOptions; this object must outlive the server.
    ApiOptions options();

    /// Lets one request to `/probe/outbound` go on.
    void release(int calls = 1) { m_goOn.release(calls); }

private:
    QList<Route> routes();

    PendingProbe m_pending;
    ClientProbe m_clients;
    std::counting_semaphore<> m_goOn {0};
};

/// A server that has them, for the tests of the test's thread. Fails the test where an answer does not fit their description.
class ProbeServer final
{
public:
    ProbeServer();

    /// "POST /path"
    ClientResponse ask(const QByteArray &request, const QByteArrayList &headers = {}, const QByteArray &body = {}) const;

    ProbeRoutes &routes() { return m_routes; }
    ApiServer &server() { return m_server; }
    const QJsonObject &description() const { return m_description; }

private:
    ProbeRoutes m_routes;
    ApiServer m_server;
    const QJsonObject m_description;
};

} // namespace warder::test
