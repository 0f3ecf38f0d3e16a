#pragma once

#include "core/api/Caller.h"
#include "core/base/Clock.h"
#include "core/net/HttpMethod.h"
#include "core/sessions/Client.h"
#include "core/tokens/VerifiedTokens.h"

#include <QHash>
#include <QHttpHeaders>
#include <QJsonObject>

namespace warder {

/// One request as an endpoint sees it: a copy that holds all it may know. Nothing about a request lives anywhere else.
struct Call
{
    QString requestId;
    HttpMethod method = HttpMethod::Get;
    QByteArray path; ///< Without http.base_path.
    QHttpHeaders headers = {};
    QJsonObject fields = {}; ///< The body's members, JSON or form; empty without a body.
    QJsonObject query = {};  ///< The parameters; empty for a route that declares none (RouteDoc::query).
    QHash<QByteArray, QByteArray> cookies = {};
    QHash<QByteArray, QString> placeholders = {}; ///< What stood for them in the route's path, decoded, never empty.
    Client client;
    bool secure = false;
    bool isLocal = false; ///< From this machine, and through no proxy.
    Caller caller = {};   ///< As the route's Access says.
    TimePoint now;

    QString header(QByteArrayView name) const { return QString::fromUtf8(headers.value(name)); }

    /// What stood for `{name}` in the route's path.
    QString inPath(const QByteArray &name) const { return placeholders.value(name); }

    /// Whose session it is; for routes that ask for one. Throws on others.
    const Principal &principal() const { return std::get<Principal>(caller); }
};

/// RFC 6265 §4.2: each field apart, split at `;` and nothing else. The first of two with one name counts; of a `__Host-` name
/// with two values none does, since no browser sends that: somebody smuggled one in. Any thread.
QHash<QByteArray, QByteArray> cookiesOf(const QHttpHeaders &headers);

} // namespace warder
