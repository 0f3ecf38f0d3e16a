#pragma once

#include <QJsonObject>
#include <QString>

using EVP_PKEY = struct evp_pkey_st;

namespace warder {

/// Public keys between OpenSSL and JSON (RFC 7517, RFC 7518 §6, RFC 8037 §2): P-256, Ed25519, RSA. Any thread.

/// Only the members that RFC 7638 hashes: `kty` and the key itself.
QJsonObject jwkOf(const EVP_PKEY *key);

/// A new key that the caller frees; null for another kind or curve, a malformed one, a point that is not on the curve,
/// and an RSA key that is no key (exponent 1, a modulus beyond 8192 bits, …).
EVP_PKEY *publicKeyFromJwk(const QJsonObject &jwk);

/// RFC 7638 of what jwkOf() gave.
QString jwkThumbprint(const QJsonObject &jwk);

} // namespace warder
