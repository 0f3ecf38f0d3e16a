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
    QByteArray signedPart; ///< "header.claims" as sent.
    QByteArray signature;
};

/// What kind of token it is stands in the header, and must be asked for on the way back: one kind never passes for another
/// (RFC 8725 §3.11).
namespace jwtType {
inline constexpr QLatin1StringView accessToken {"at+jwt"}; ///< RFC 9068 §2.1
}

/// Compact serialisation with `alg`, `kid` and `typ` in the header. Any thread.
QByteArray signJwt(QLatin1StringView type, const QJsonObject &claims, const QString &kid, const KeyMaterial &key);

/// Whether a token names its key. Ours do; those of a former backend do not, so that neither passes for the other; those of providers may.
enum class JwtKid { Named, None, Either };

/// How much of a token is looked at before its signature is checked.
struct JwtLimits
{
    qsizetype longest = 8 * 1024; ///< Bytes of the whole. As all of these: no more than a token of ours can hold.
    int depth = 4;
    int values = 256;
};
/// For tokens of others, which may name some hundred groups of somebody.
inline constexpr JwtLimits foreignJwt {.longest = 16 * 1024, .depth = 8, .values = 2048};

/// Takes apart, strictly: three parts, no more than the limits say, one spelling of base64url, JSON objects without duplicate names, an
/// `alg` and a `kid` (or none, as said), no `crit` (we understand no extension, RFC 7515 §4.1.11), no `b64` (a JWT must not have another
/// payload than base64url, RFC 7797 §7). InvalidToken otherwise. Any thread.
Result<ParsedJwt> parseJwt(QByteArrayView compact, JwtKid kid = JwtKid::Named, const JwtLimits &limits = {});

/// Whether the header says so, as RFC 7515 §4.1.9 compares it: in any case, with or without "application/".
bool isOfType(const ParsedJwt &jwt, QLatin1StringView type);

/// Whether the key made the signature, with the algorithm the key is for; what the header says is only compared.
bool isSignedBy(const ParsedJwt &jwt, const KeyMaterial &key);

} // namespace warder
