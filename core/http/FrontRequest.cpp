#include "core/http/FrontRequest.h"

#include "core/http/GateSpeller.h"

#include <QHttpServerRequest>
#include <QUrl>

namespace warder {
namespace {

QAnyStringView nameOf(std::string_view text) { return QLatin1StringView(text.data(), qsizetype(text.size())); }

HttpMethod methodOf(QHttpServerRequest::Method method)
{
    switch (method) {
    case QHttpServerRequest::Method::Head:    return HttpMethod::Head;
    case QHttpServerRequest::Method::Post:    return HttpMethod::Post;
    case QHttpServerRequest::Method::Put:     return HttpMethod::Put;
    case QHttpServerRequest::Method::Patch:   return HttpMethod::Patch;
    case QHttpServerRequest::Method::Delete:  return HttpMethod::Delete;
    case QHttpServerRequest::Method::Options: return HttpMethod::Options;
    default:                                  return HttpMethod::Get;      // the gate lets no other through
    }
}

/// A copy that shares nothing with the connection: the request may die on another thread.
QByteArray unshared(const QByteArray &bytes) { return QByteArray(bytes.constData(), bytes.size()); }

void takeGateFields(HttpRequest &request)
{
    const QByteArray client = request.headers.value(nameOf(gatefields::client)).toByteArray();
    if (!client.isEmpty())
        request.client.setAddress(QString::fromLatin1(client));
    request.secure = request.headers.contains(nameOf(gatefields::secure));
    if (client.isEmpty() && !request.secure)
        return;                            // the common case: no detaching copy of the headers
    request.headers.removeAll(nameOf(gatefields::client));
    request.headers.removeAll(nameOf(gatefields::secure));
}

} // namespace

HttpRequest toHttpRequest(const QHttpServerRequest &asked, int httpThread)
{
    const QUrl url = asked.url();
    HttpRequest request {
        .method = methodOf(asked.method()),
        .path = url.path(QUrl::FullyEncoded).toLatin1(),
        .query = url.query(QUrl::FullyEncoded).toLatin1(),
        .headers = asked.headers(),
        .body = unshared(asked.body()),
        .client = asked.remoteAddress(),
        .peer = asked.remoteAddress(),
        .httpThread = httpThread,
    };
    takeGateFields(request);
    return request;
}

} // namespace warder
