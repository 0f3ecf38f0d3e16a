#include "core/tokens/Jwks.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {

QJsonObject jwksOf(const KeyRing &ring, TimePoint now)
{
    QJsonArray keys;
    for (const SigningKey *key : ring.verifying(KeyPurpose::Access, now)) {
        auto jwk = key->material->publicJwk();
        if (!jwk)
            continue;
        jwk->insert("kid"_L1, key->kid);
        if (key->state == KeyState::Current)
            keys.prepend(*jwk);
        else
            keys.append(*jwk);
    }
    return {{u"keys"_s, keys}};
}

} // namespace warder
