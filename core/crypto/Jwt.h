#pragma once

#include "core/base/Result.h"
#include "core/crypto/KeyMaterial.h"

#include <QJsonObject>

namespace warder {

/// A JWT taken apart (RFC 7519, RFC 7515 §3.1) but not yet believed.
struct ParsedJwt
{
    QJsonObject header;
    QJsonObject claims;
    QByteArray signedPart;         ///< "header.claims" as sent.
    QByteArray signature;
};

/// Compact serialisation with `alg`, `kid` and `typ` in the header. Any thread.
QByteArray signJwt(const QJsonObject &claims, const QString &kid, const KeyMaterial &key);

/// Takes apart, strictly: three parts, 8 KiB at most, one spelling of base64url, JSON objects without duplicate names, an
/// `alg` and a `kid`, no `crit` (we understand no extension, RFC 7515 §4.1.11). InvalidToken otherwise. Any thread.
Result<ParsedJwt> parseJwt(QByteArrayView compact);

/// Whether the key made the signature, with the algorithm the key is for; what the header says is only compared.
bool isSignedBy(const ParsedJwt &jwt, const KeyMaterial &key);

} // namespace warder
