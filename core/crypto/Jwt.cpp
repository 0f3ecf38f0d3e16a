#include "core/crypto/Jwt.h"

#include "core/base/Bytes.h"
#include "core/base/StrictJson.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QByteArray encoded(const QJsonObject &object) { return toBase64Url(QJsonDocument(object).toJson(QJsonDocument::Compact)); }

/// A stranger's until its signature is checked.
Result<QJsonObject> decoded(QByteArrayView part, const JwtLimits &limits)
{
    const auto bytes = fromBase64Url(part);
    if (!bytes)
        return refused(ErrorCode::InvalidToken, u"not base64url"_s);
    const auto object = parseStrictJsonObject(*bytes, {.depth = limits.depth, .values = limits.values});
    if (!object)
        return refused(ErrorCode::InvalidToken, object.error().message);
    return *object;
}

} // namespace

QByteArray signJwt(QLatin1StringView type, const QJsonObject &claims, const QString &kid, const KeyMaterial &key)
{
    const QJsonObject header {{u"alg"_s, nameOf(key.algorithm())}, {u"kid"_s, kid}, {u"typ"_s, type}};
    const QByteArray signedPart = encoded(header) + '.' + encoded(claims);
    return signedPart + '.' + toBase64Url(key.sign(signedPart));
}

Result<ParsedJwt> parseJwt(QByteArrayView compact, JwtKid kid, const JwtLimits &limits)
{
    const qsizetype first = compact.indexOf('.');
    const qsizetype second = compact.indexOf('.', first + 1);
    if (compact.size() > limits.longest || first < 0 || second < 0 || compact.indexOf('.', second + 1) >= 0)
        return refused(ErrorCode::InvalidToken, u"not three parts of at most %1 KiB"_s.arg(limits.longest / 1024));
    const auto header = decoded(compact.first(first), limits);
    if (!header)
        return refused(header);
    const bool isNamed = header->value("kid"_L1).isString();
    const bool isExpected = kid == JwtKid::Either || isNamed == (kid == JwtKid::Named);
    if (!header->value("alg"_L1).isString() || !isExpected || (!isNamed && header->contains("kid"_L1)))
        return refused(ErrorCode::InvalidToken, u"header without alg, or with or without kid as is not expected"_s);
    if (header->contains("crit"_L1) || header->contains("b64"_L1))
        return refused(ErrorCode::InvalidToken, u"header with crit or b64"_s);
    const auto claims = decoded(compact.sliced(first + 1, second - first - 1), limits);
    if (!claims)
        return refused(claims);
    const auto signature = fromBase64Url(compact.sliced(second + 1));
    if (!signature)
        return refused(ErrorCode::InvalidToken, u"signature is not base64url"_s);
    return ParsedJwt {.header = *header, .claims = *claims, .signedPart = compact.first(second).toByteArray(), .signature = *signature};
}

bool isOfType(const ParsedJwt &jwt, QLatin1StringView type)
{
    const QString said = jwt.header.value("typ"_L1).toString();
    constexpr auto prefix = "application/"_L1;
    const QStringView name = said.startsWith(prefix, Qt::CaseInsensitive) ? QStringView(said).sliced(prefix.size()) : QStringView(said);
    return name.compare(type, Qt::CaseInsensitive) == 0;
}

bool isSignedBy(const ParsedJwt &jwt, const KeyMaterial &key)
{
    return jwt.header.value("alg"_L1).toString() == nameOf(key.algorithm()) && key.verify(jwt.signedPart, jwt.signature);
}

} // namespace warder
