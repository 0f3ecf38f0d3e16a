#pragma once

#include <QJsonObject>
#include <QString>

using EVP_PKEY = struct evp_pkey_st;

namespace warder {

/// The public half of a P-256, Ed25519 or RSA key as JSON (RFC 7517, RFC 7518 §6, RFC 8037 §2): only the members that RFC 7638 hashes,
/// `kty` and the key itself. Any thread.
QJsonObject jwkOf(const EVP_PKEY *key);

/// RFC 7638 of what jwkOf() gave.
QString jwkThumbprint(const QJsonObject &jwk);

} // namespace warder
