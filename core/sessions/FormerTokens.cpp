#include "core/sessions/FormerTokens.h"

#include "core/accounts/Accounts.h"
#include "core/credentials/PasswordStore.h"
#include "core/crypto/Jwt.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/Database.h"
#include "core/tokens/SigningKeys.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

std::unexpected<Error> badToken(const QString &why) { return refused(ErrorCode::InvalidToken, why); }

/// A token with more to say is for something else, such as a new password by e-mail, under the same secret (RFC 8725 §3.11).
bool saysNoMore(const QJsonObject &claims)
{
    static const QStringList known {u"sub"_s, u"exp"_s, u"iat"_s, u"scope"_s, u"scopes"_s};
    return std::ranges::all_of(claims.keys(), [](const QString &name) { return known.contains(name); });
}

Result<void> checkClaims(const QJsonObject &claims, const SigningKey &key, TimePoint now)
{
    const double expires = claims.value("exp"_L1).toDouble(-1);
    const double issued = claims.value("iat"_L1).toDouble(0);
    const double imported = double(toMilliseconds(key.createdAt)) / 1000;
    if (!saysNoMore(claims) || !claims.value("sub"_L1).isString() || !(expires >= 0))
        return badToken(u"a former backend's token with other claims than sub, exp, iat and scope"_s);
    if (double(toMilliseconds(now)) / 1000 >= expires)
        return badToken(u"a former backend's token, expired"_s);
    if (issued > imported)
        return badToken(u"a former backend's token of after its secret was imported"_s);
    return {};
}

} // namespace

bool FormerTokens::mayBe(QByteArrayView token, TimePoint now) const
{
    return !m_keys.ring()->verifying(KeyPurpose::Former, now).isEmpty() && parseJwt(token, JwtKid::None);
}

Result<User> FormerTokens::ownerOf(QByteArrayView token, TimePoint now) const
{
    const auto jwt = parseJwt(token, JwtKid::None);
    if (!jwt)
        return refused(jwt);
    if (jwt->header.contains("typ"_L1) && !isOfType(*jwt, "JWT"_L1))
        return badToken(u"another kind of token than a former backend's"_s);
    const auto ring = m_keys.ring();
    const auto keys = ring->verifying(KeyPurpose::Former, now);
    const auto key = std::ranges::find_if(keys, [&jwt](const SigningKey *one) { return isSignedBy(*jwt, *one->material); });
    if (key == keys.cend())
        return badToken(u"signed by no former backend that is known"_s);
    if (const auto good = checkClaims(jwt->claims, **key, now); !good)
        return refused(good);
    const QString subject = jwt->claims.value("sub"_L1).toString();
    const auto id = Id::fromString(subject);
    const auto user =
        id ? m_accounts.findById(*id).transform([](const User &found) { return std::optional(found); }) : m_accounts.findByEmail(subject);
    if (!user && user.error().code != ErrorCode::NotFound)
        return refused(user); // a fault of ours is no reason to sign anybody out
    if (!user || !user->has_value())
        return badToken(u"a former backend's token for no account"_s);
    return checked(**user, **key);
}

Result<User> FormerTokens::checked(const User &user, const SigningKey &key) const
{
    if (user.disabled)
        return badToken(u"the account is disabled"_s);
    if (user.createdAt > key.createdAt) // somebody else may have had the address before
        return badToken(u"the account is younger than the import of the former backend's secret"_s);
    const auto password = PasswordStore::find(m_database.reader(), user.id);
    if (!password)
        return refused(password);
    if (password->has_value() && (*password)->setAt > key.createdAt)
        return badToken(u"its password was changed since the former backend's secret was imported"_s);
    const auto ended = SessionStore::wasEndedAsAWhole(m_database.reader(), user.id, key.createdAt);
    if (!ended)
        return refused(ended);
    if (*ended)
        return badToken(u"it was signed out everywhere since the former backend's secret was imported"_s);
    return user;
}

} // namespace warder
