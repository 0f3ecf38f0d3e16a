#include "core/federation/IdToken.h"

#include "core/base/Text.h"
#include "core/crypto/Jwt.h"
#include "core/crypto/Primitives.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Seconds clocksDiffer = std::chrono::minutes {1};
constexpr Seconds oldest = std::chrono::minutes {10}; ///< It was asked for a moment ago.
constexpr qsizetype longestSubject = 255;             ///< OpenID Connect Core §2.

std::unexpected<IdTokenRefusal> no(const QString &sentence) { return std::unexpected(IdTokenRefusal {.sentence = sentence}); }

/// Nothing where the claim is no number. Beyond what a clock shows is an end of time as good as another.
std::optional<TimePoint> timeIn(const QJsonObject &claims, QLatin1StringView name)
{
    const QJsonValue value = claims.value(name);
    if (!value.isDouble())
        return std::nullopt;
    constexpr double endOfTime = 253402300799; // of the year 9999
    return TimePoint {Seconds {qint64(std::clamp(value.toDouble(), 0.0, endOfTime))}};
}

QString timesFault(const QJsonObject &claims, TimePoint now)
{
    const auto issuedAt = timeIn(claims, "iat"_L1);
    const auto endsAt = timeIn(claims, "exp"_L1);
    if (!issuedAt || !endsAt)
        return u"it does not say when it was issued (iat) and when it ends (exp)"_s;
    if (*issuedAt > now + clocksDiffer)
        return u"it is issued in the future (iat): do the clocks differ by more than a minute?"_s;
    if (*issuedAt < now - oldest)
        return u"it was issued more than ten minutes ago (iat): do the clocks differ?"_s;
    if (now >= *endsAt + clocksDiffer)
        return u"it has expired (exp): do the clocks differ?"_s;
    const auto begins = timeIn(claims, "nbf"_L1);
    if (claims.contains("nbf"_L1) && (!begins || *begins > now + clocksDiffer))
        return u"it is not good yet (nbf): do the clocks differ by more than a minute?"_s;
    return {};
}

/// Several audiences: then it must say that it was made for us (Core §3.1.3.7, 4 and 5).
QString audienceFault(const QJsonObject &claims, const QString &clientId)
{
    const QJsonValue audience = claims.value("aud"_L1);
    const QJsonArray all = audience.isString() ? QJsonArray {audience} : audience.toArray();
    if (!all.contains(clientId))
        return u"it is for another client (aud)"_s;
    const bool mustSay = all.size() > 1 || claims.contains("azp"_L1);
    if (mustSay && claims.value("azp"_L1).toString() != clientId)
        return u"it is for several clients, and does not say that it was made for this one (azp)"_s;
    return {};
}

/// What can be stored, compared and shown.
bool isSubject(const QString &subject)
{
    return !subject.isEmpty() && subject.size() <= longestSubject
           && std::ranges::all_of(subject.toUcs4(), [](uint character) { return isPlain(character); });
}

QString claimsFault(const QJsonObject &claims, const IdTokenExpectation &expected)
{
    const QString issuer = claims.value("iss"_L1).toString();
    if (!provider_metadata::issuerBehind(expected.metadata, issuer))
        return u"it is of the issuer %1 (iss)"_s.arg(quoted(issuer));
    if (!isSubject(claims.value("sub"_L1).toString()))
        return u"it does not say whom it is about in at most 255 characters (sub)"_s;
    if (const QString fault = audienceFault(claims, expected.clientId); !fault.isEmpty())
        return fault;
    if (const QString fault = timesFault(claims, expected.now); !fault.isEmpty())
        return fault;
    if (expected.nonce.isEmpty() || !equalInConstantTime(claims.value("nonce"_L1).toString().toUtf8(), expected.nonce))
        return u"it answers another question (nonce)"_s;
    return {};
}

/// A token of another kind may not pass for an id_token (RFC 8725 §3.11); those say nothing, or JWT.
bool isOfOtherKind(const ParsedJwt &jwt) { return jwt.header.value("typ"_L1).toString().endsWith("+jwt"_L1, Qt::CaseInsensitive); }

} // namespace

std::expected<QJsonObject, IdTokenRefusal> verifyIdToken(QByteArrayView token, const ProviderKeys &keys, const IdTokenExpectation &expected)
{
    const auto jwt = parseJwt(token, JwtKid::Either, foreignJwt);
    if (!jwt)
        return no(u"it is no signed JWT: "_s + jwt.error().detail);
    if (isOfOtherKind(*jwt))
        return no(u"it is a token of another kind (typ)"_s);
    const QString named = jwt->header.value("alg"_L1).toString();
    const auto algorithm = fromName<SignatureAlgorithm>(named);
    if (!algorithm || !idTokenAlgorithms().contains(*algorithm))
        return no(u"it is signed by %1, and not by RS256, ES256, EdDSA or PS256"_s.arg(quoted(named)));
    const QJsonValue kid = jwt->header.value("kid"_L1);
    const QList<ProviderKey> candidates = keys.candidates(*algorithm, kid.isString() ? std::optional(kid.toString()) : std::nullopt);
    const bool isSigned = std::ranges::any_of(candidates, [&](const ProviderKey &key) { return isSignedBy(*jwt, *key.material); });
    if (!isSigned)
        return std::unexpected(IdTokenRefusal {.sentence = candidates.isEmpty()
                                                               ? u"no key of the provider is meant for it (kid, alg), or several may be"_s
                                                               : u"no key of the provider made its signature"_s,
                                               .mayHaveNewKey = true});
    if (const QString fault = claimsFault(jwt->claims, expected); !fault.isEmpty())
        return no(fault);
    return jwt->claims;
}

} // namespace warder
