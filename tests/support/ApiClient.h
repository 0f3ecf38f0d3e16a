#pragma once

#include "tests/support/RawHttp.h"

#include <QJsonArray>
#include <QJsonObject>

namespace warder::test {

inline const QByteArray asJson = QByteArrayLiteral("Content-Type: application/json");

/// An answer of the API: what came over the wire, and what it means.
struct ClientResponse
{
    RawAnswer raw;

    int status() const { return raw.status; } ///< 0: the server cut the connection.
    QByteArray header(QByteArrayView name) const { return raw.header(name); }
    QByteArrayList headers(QByteArrayView name) const;
    /// A member of the JSON object in the body; undefined when there is none.
    QJsonValue operator[](QLatin1StringView name) const { return json().value(name); }
    QJsonObject json() const;
    /// Everything that was received, for searching it.
    QByteArray everything() const;

    /// `Set-Cookie` of that cookie without its name and value: "; Path=/; …"; empty: it was not set.
    QByteArray cookieAttributes(const QByteArray &name) const;
    std::optional<QByteArray> cookieValue(const QByteArray &name) const;
};

/// What is wrong at which field: "missing email, string_too_short password". For comparing all faults of a 422 at once.
QString faultsOf(const ClientResponse &answer);

/// Asks the API, one connection a request unless a kept one is given. Holds nothing but the port: any thread.
class ApiClient final
{
public:
    explicit ApiClient(quint16 port) : m_port(port) {}

    ClientResponse ask(QByteArrayView method, QByteArrayView path, const QByteArrayList &headers = {}, QByteArrayView body = {}) const;
    ClientResponse get(QByteArrayView path, const QByteArrayList &headers = {}) const { return ask("GET", path, headers); }
    ClientResponse post(QByteArrayView path, const QJsonObject &body, const QByteArrayList &headers = {}) const;
    ClientResponse send(QByteArrayView method, QByteArrayView path, const QJsonObject &body, const QByteArrayList &headers = {}) const;
    ClientResponse postForm(QByteArrayView path, const QByteArray &form, const QByteArrayList &headers = {}) const;

    /// On a connection that stays open.
    static ClientResponse askOn(RawHttp &connection, QByteArrayView method, QByteArrayView path, const QByteArrayList &headers = {},
                                QByteArrayView body = {});

    quint16 port() const { return m_port; }

private:
    quint16 m_port;
};

/// `Authorization: Bearer …`
QByteArray bearer(const QByteArray &token);
QByteArray bearer(const QJsonValue &token);

} // namespace warder::test
