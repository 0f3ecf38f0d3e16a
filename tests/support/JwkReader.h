#pragma once

#include <QByteArrayView>
#include <QJsonObject>

namespace warder {

/// Whether a client that knows a public key by its JWK only (RFC 7518 §6, RFC 8037) believes the signature (RFC 7518 §3).
bool isSignedUnderJwk(const QJsonObject &jwk, QByteArrayView message, QByteArrayView signature);

} // namespace warder
