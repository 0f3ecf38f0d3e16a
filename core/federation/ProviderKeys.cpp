#include "core/federation/ProviderKeys.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestKid = 255;

/// Whether it may verify signatures by this algorithm, by what it says of itself (RFC 7517 §4.2–4.4).
bool isMeantFor(SignatureAlgorithm algorithm, const QJsonObject &jwk)
{
    const bool isForSignatures = !jwk.contains("use"_L1) || jwk.value("use"_L1) == "sig"_L1;
    const bool mayVerify = !jwk.contains("key_ops"_L1) || jwk.value("key_ops"_L1).toArray().contains("verify"_L1);
    const bool isForThis = !jwk.contains("alg"_L1) || jwk.value("alg"_L1) == nameOf(algorithm);
    return isForSignatures && mayVerify && isForThis;
}

} // namespace

const QList<SignatureAlgorithm> &idTokenAlgorithms()
{
    static const QList<SignatureAlgorithm> list {SignatureAlgorithm::RS256, SignatureAlgorithm::ES256, SignatureAlgorithm::EdDSA,
                                                 SignatureAlgorithm::PS256};
    return list;
}

ProviderKeys ProviderKeys::read(const QJsonObject &jwks)
{
    ProviderKeys keys;
    const QJsonArray set = jwks.value("keys"_L1).toArray();
    for (qsizetype i = 0; i < std::min(set.size(), mostLookedAt); ++i) {
        const QJsonObject jwk = set[i].toObject();
        const QString kid = jwk.value("kid"_L1).toString();
        if (kid.size() > longestKid)
            continue;
        for (const SignatureAlgorithm algorithm : idTokenAlgorithms()) {
            if (!isMeantFor(algorithm, jwk))
                continue;
            if (const auto material = KeyMaterial::fromPublicJwk(algorithm, jwk))
                keys.m_keys += {.kid = kid, .material = *material};
        }
    }
    return keys;
}

QList<ProviderKey> ProviderKeys::candidates(SignatureAlgorithm algorithm, const std::optional<QString> &kid) const
{
    QList<ProviderKey> found;
    std::ranges::copy_if(m_keys, std::back_inserter(found),
                         [&](const ProviderKey &key) { return key.material->algorithm() == algorithm && (!kid || key.kid == *kid); });
    if (!kid && found.size() != 1)
        return {};
    return found.first(std::min(found.size(), mostOfOneKid));
}

QStringList ProviderKeys::algorithms() const
{
    QStringList names;
    for (const ProviderKey &key : m_keys)
        names += nameOf(key.material->algorithm());
    names.removeDuplicates();
    return names;
}

} // namespace warder
