#pragma once

#include "core/base/EnumNames.h"
#include "core/base/Result.h"
#include "core/crypto/SecretBytes.h"

#include <QJsonObject>

#include <array>
#include <memory>

using EVP_PKEY = struct evp_pkey_st;

namespace warder {

enum class SignatureAlgorithm { ES256, EdDSA, RS256, PS256, HS256 };

template <>
inline constexpr std::array namesOf<SignatureAlgorithm> {"ES256"_L1, "EdDSA"_L1, "RS256"_L1, "PS256"_L1, "HS256"_L1};

/// Whether others can verify by a public key.
constexpr bool isPublished(SignatureAlgorithm algorithm) { return algorithm != SignatureAlgorithm::HS256; }

/// A key that signs and verifies with exactly one algorithm (RFC 8725 §3.1). Immutable; any thread at once.
class KeyMaterial final
{
public:
    /// A new key: P-256, Ed25519, RSA 3072 (tenths of a second) or 32 random bytes.
    static Result<std::shared_ptr<const KeyMaterial>> generate(SignatureAlgorithm algorithm);

    /// From what toPrivate() gave: PKCS#8 DER, or the raw bytes for HS256 (at least 32). CryptoFailure for a key of
    /// another kind and RSA below 2048 bits.
    static Result<std::shared_ptr<const KeyMaterial>> fromPrivate(SignatureAlgorithm algorithm, const SecretBytes &bytes);

    /// Somebody else's public key (publicKeyOf()): only to verify what they signed. CryptoFailure for what is none of the algorithm's.
    static Result<std::shared_ptr<const KeyMaterial>> fromPublicJwk(SignatureAlgorithm algorithm, const QJsonObject &jwk);

    /// An HS256 secret of at least `leastFormerSecret` bytes that somebody else signed with: only to verify what they signed.
    static Result<std::shared_ptr<const KeyMaterial>> fromFormerSecret(const SecretBytes &bytes);
    static constexpr qsizetype leastFormerSecret = 16; ///< Fewer are guessed from a token.

    SignatureAlgorithm algorithm() const { return m_algorithm; }
    /// Empty where only the public half is known, as what sign() gives.
    SecretBytes toPrivate() const;

    /// In the form JWS wants (RFC 7518 §3): for ES256 r and s, 64 bytes; for PS256 with a salt as long as the digest; with
    /// any other it does not verify.
    QByteArray sign(QByteArrayView message) const;
    /// Of ES256 two signatures are good where one is, with s and with n - s: JWS does not forbid it. So nothing may take a token's text for
    /// its identity, neither to end it nor to have seen it before.
    bool verify(QByteArrayView message, QByteArrayView signature) const;

    /// The public half with `alg` and `use`; nothing for HS256, whose only half is secret.
    std::optional<QJsonObject> publicJwk() const;

    /// RFC 7638, base64url of SHA-256 of the public JWK; nothing for HS256.
    std::optional<QString> thumbprint() const;

private:
    using Key = std::shared_ptr<EVP_PKEY>;
    KeyMaterial(SignatureAlgorithm algorithm, Key key, SecretBytes secret);
    static Result<std::shared_ptr<const KeyMaterial>> fromKey(SignatureAlgorithm algorithm, Key key);

    SignatureAlgorithm m_algorithm;
    Key m_key;            ///< Null for HS256.
    SecretBytes m_secret; ///< HS256 only.
};

} // namespace warder
