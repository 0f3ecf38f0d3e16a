#include "core/tokens/TokenVerifier.h"

#include "core/crypto/Jwt.h"

#include <QJsonArray>

#include <cmath>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

std::unexpected<Error> invalid(const QString &why) { return refused(ErrorCode::InvalidToken, why); }

/// NumericDate of RFC 7519 §2, within what a time can hold.
std::optional<TimePoint> timeOf(const QJsonValue &value)
{
    const double seconds = value.toDouble(-1);
    if (!value.isDouble() || seconds < 0 || seconds > 1e11)
        return std::nullopt;
    return TimePoint {Milliseconds {qint64(seconds * 1000)}};
}

std::optional<QStringList> rolesOf(const QJsonValue &value)
{
    QStringList roles;
    for (const auto &role : value.toArray()) {
        if (!role.isString())
            return std::nullopt;
        roles += role.toString();
    }
    return value.isArray() ? std::optional(roles) : std::nullopt;
}

Result<Principal> read(const QJsonObject &claims)
{
    const auto user = Id::fromString(claims.value("sub"_L1).toString());
    const auto session = Id::fromString(claims.value("sid"_L1).toString());
    const auto issuedAt = timeOf(claims.value("iat"_L1));
    const auto notBefore = timeOf(claims.value("nbf"_L1));
    const auto expiresAt = timeOf(claims.value("exp"_L1));
    const auto roles = rolesOf(claims.value("roles"_L1));
    if (!user || !session || !issuedAt || !notBefore || !expiresAt || !roles || !claims.value("email"_L1).isString())
        return invalid(u"a claim is missing or of the wrong form"_s);
    return Principal {.userId = *user,
                      .sessionId = *session,
                      .email = claims.value("email"_L1).toString(),
                      .roles = *roles,
                      .issuedAt = *issuedAt,
                      .notBefore = *notBefore,
                      .expiresAt = *expiresAt};
}

} // namespace

Result<Principal> TokenVerifier::verify(QByteArrayView token, TimePoint now) const
{
    const auto ring = m_keys.ring();
    auto claims = m_verified.find(token, ring->number);
    if (!claims) {
        const auto fresh = checked(token, *ring, now);
        if (!fresh)
            return fresh;
        m_verified.insert(token, ring->number, *fresh);
        claims = *fresh;
    }
    if (!ring->verifying(KeyPurpose::Access, claims->kid, now))
        return invalid(u"signed with a key that no longer verifies"_s);
    if (const auto timely = checkTimes(*claims, now); !timely)
        return refused(timely);
    return *claims;
}

Result<Principal> TokenVerifier::checked(QByteArrayView token, const KeyRing &ring, TimePoint now) const
{
    const auto jwt = parseJwt(token);
    if (!jwt)
        return refused(jwt);
    const QString kid = jwt->header.value("kid"_L1).toString();
    const SigningKey *key = ring.verifying(KeyPurpose::Access, kid, now);
    if (!key)
        return invalid(u"no key %1 verifies"_s.arg(kid.left(64)));
    if (!isSignedBy(*jwt, *key->material))
        return invalid(u"the signature does not fit the key, or the algorithm is not the key's"_s);
    if (!isOfType(*jwt, jwtType::accessToken))
        return invalid(u"another kind of token than an access token"_s);
    if (jwt->claims.value("iss"_L1) != QJsonValue(m_policy.issuer) || jwt->claims.value("aud"_L1) != QJsonValue(m_policy.audience))
        return invalid(u"for another issuer or audience"_s);
    auto claims = read(jwt->claims);
    if (claims)
        claims->kid = kid;
    return claims;
}

Result<void> TokenVerifier::checkTimes(const Principal &claims, TimePoint now) const
{
    if (now >= claims.expiresAt + m_policy.leeway)
        return invalid(u"expired at %1"_s.arg(toText(claims.expiresAt)));
    if (now + m_policy.leeway < claims.notBefore || now + m_policy.leeway < claims.issuedAt)
        return invalid(u"not valid before %1"_s.arg(toText(claims.notBefore)));
    return {};
}

} // namespace warder
