#pragma once

#include "core/crypto/KeyMaterial.h"

#include <QJsonObject>
#include <QList>

namespace warder {

/// A key that a provider may have signed with, for one algorithm.
struct ProviderKey
{
    QString kid = {}; ///< Empty: it has none.
    std::shared_ptr<const KeyMaterial> material;
};

/// The keys of a JWKS (RFC 7517 §5) that could verify an id_token. Immutable; any thread.
class ProviderKeys final
{
public:
    static constexpr qsizetype mostLookedAt = 64; ///< Of the set; further ones are passed over.
    static constexpr qsizetype mostOfOneKid = 4;  ///< How many with one name are tried.

    ProviderKeys() = default;

    /// What is no key for signatures of ES256, EdDSA, RS256 or PS256 is passed over, as the RFC asks: other kinds, other uses, points off
    /// their curve. An RSA key that does not say for which algorithm it is stands for both.
    static ProviderKeys read(const QJsonObject &jwks);

    /// Those that may have made a signature by this algorithm: with that name, or without one the only key that there is. Empty where none
    /// may have, or where it cannot be told which.
    QList<ProviderKey> candidates(SignatureAlgorithm algorithm, const std::optional<QString> &kid) const;

    /// "RS256, ES256": for whom it serves, each once.
    QStringList algorithms() const;
    bool isEmpty() const { return m_keys.isEmpty(); }

private:
    QList<ProviderKey> m_keys;
};

/// The algorithms by which id_tokens may be signed. Never HS256: its key would be a secret that others know, or a public one.
const QList<SignatureAlgorithm> &idTokenAlgorithms();

} // namespace warder
