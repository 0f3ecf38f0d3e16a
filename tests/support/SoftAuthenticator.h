#pragma once

#include "core/crypto/CoseKey.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

#include <memory>

namespace warder::test {

/// An authenticator with one passkey, and the browser in front of it: answers the server's options as `credential.toJSON()` would. What it
/// says can be bent by its members. A test's thread.
class SoftAuthenticator final
{
public:
    explicit SoftAuthenticator(CoseAlgorithm algorithm = CoseAlgorithm::ES256, const QByteArray &id = {});

    /// navigator.credentials.create(): makes the credential of the options' user.
    QJsonObject create(const QJsonObject &options, const QString &origin = QStringLiteral("http://localhost:3000"));
    /// navigator.credentials.get()
    QJsonObject get(const QJsonObject &options, const QString &origin = QStringLiteral("http://localhost:3000"));

    QByteArray coseKey() const;
    QByteArray sign(const QByteArray &message) const;

    QByteArray id;
    QByteArray userHandle = {};
    QString rpId = {};          ///< Empty: what the options say.
    quint8 flags = 0x1d;        ///< Present, verified, may be and is backed up.
    quint32 counter = 0;        ///< Grows with each use, unless it is 0.
    QByteArray extensions = {}; ///< CBOR; none if empty.
    QString format = QStringLiteral("none");
    QJsonObject moreClientData = {};
    QStringList transports = {QStringLiteral("internal"), QStringLiteral("hybrid")};

private:
    QByteArray clientData(const QString &type, const QJsonObject &options, const QString &origin) const;
    QByteArray authenticatorData(const QString &rp, bool withCredential);

    CoseAlgorithm m_algorithm;
    std::shared_ptr<EVP_PKEY> m_key;
};

} // namespace warder::test
