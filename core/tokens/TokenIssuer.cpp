#include "core/tokens/TokenIssuer.h"

#include "core/crypto/Jwt.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

qint64 toSeconds(TimePoint time) { return std::chrono::floor<Seconds>(time).time_since_epoch().count(); }

} // namespace

AccessToken TokenIssuer::issue(const User &user, const TokenSession &session, TimePoint now) const
{
    const auto ring = m_keys.ring();
    const SigningKey &key = ring->signing(KeyPurpose::Access);
    const TimePoint expiresAt = std::chrono::floor<Seconds>(std::min(now + m_policy.accessLifetime, session.expiresAt));
    const QJsonObject claims {
        {u"iss"_s, m_policy.issuer},
        {u"sub"_s, user.id.toString()},
        {u"aud"_s, m_policy.audience},
        {u"exp"_s, toSeconds(expiresAt)},
        {u"iat"_s, toSeconds(now)},
        {u"nbf"_s, toSeconds(now)},
        {u"jti"_s, Id::create(now).toString()},
        {u"sid"_s, session.id.toString()},
        {u"auth_time"_s, toSeconds(session.authenticatedAt)},
        {u"amr"_s, QJsonArray::fromStringList(session.amr)},
        {u"roles"_s, QJsonArray::fromStringList(user.roles)},
        {u"email"_s, user.email},
        {u"email_verified"_s, user.emailVerified}, // or whoever reads the token takes the address for proven
    };
    return {.token = signJwt(jwtType::accessToken, claims, key.kid, *key.material), .expiresAt = expiresAt};
}

} // namespace warder
