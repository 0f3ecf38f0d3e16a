#pragma once

#include <QJsonObject>
#include <QString>

#include <memory>

using EVP_PKEY = struct evp_pkey_st;

namespace warder {

/// The public half of a P-256, Ed25519 or RSA key as JSON (RFC 7517, RFC 7518 §6, RFC 8037 §2): only the members that RFC 7638 hashes,
/// `kty` and the key itself. Any thread.
QJsonObject jwkOf(const EVP_PKEY *key);

/// The reverse, of a public key that a stranger sent: null for what is none of these, a point off its curve, and RSA of fewer than 2048 or
/// more than 8192 bits. Members that say what the key is for (`use`, `key_ops`, `alg`) are not looked at; private ones are not taken. Any
/// thread.
std::shared_ptr<EVP_PKEY> publicKeyOf(const QJsonObject &jwk);

/// RFC 7638 of what jwkOf() gave.
QString jwkThumbprint(const QJsonObject &jwk);

} // namespace warder
