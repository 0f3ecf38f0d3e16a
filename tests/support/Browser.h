#pragma once

#include "tests/support/ApiClient.h"

#include <QMap>

namespace warder::test {

inline const QByteArray ticketCookie = QByteArrayLiteral("__Host-warder_mfa");
inline const QByteArray attemptCookie = QByteArrayLiteral("__Host-warder_oauth");

/// What a browser does for a page of one origin: keeps cookies, sends them back, says where the page is from. One thread.
class Browser final
{
public:
    Browser(quint16 port, const QByteArray &origin) : m_client(port), m_origin(origin) {}

    /// With the X-CSRF-Token of the cookie, as our client package does.
    ClientResponse send(QByteArrayView method, QByteArrayView path, const QJsonObject &body = {}, const QByteArrayList &headers = {});
    /// Without it: what a page of another site could make the browser send.
    ClientResponse sendWithoutToken(QByteArrayView method, QByteArrayView path, const QJsonObject &body = {},
                                    const QByteArrayList &headers = {});
    ClientResponse get(QByteArrayView path, const QByteArrayList &headers = {});

    void moveTo(const QByteArray &origin) { m_origin = origin; }
    void drop(const QByteArray &name) { m_jar.remove(name); }
    void put(const QByteArray &name, const QByteArray &value) { m_jar.insert(name, value); }
    QByteArray cookie(const QByteArray &name) const { return m_jar.value(name); }
    QByteArrayList cookies() const { return m_jar.keys(); }

private:
    QByteArrayList withCookies(const QByteArrayList &headers) const;
    ClientResponse kept(const ClientResponse &answer);

    ApiClient m_client;
    QByteArray m_origin;
    QMap<QByteArray, QByteArray> m_jar;
};

} // namespace warder::test
