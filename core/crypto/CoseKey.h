#pragma once

#include "core/base/Result.h"

#include <QByteArray>

#include <memory>

using EVP_PKEY = struct evp_pkey_st;

namespace warder {

/// How an authenticator signs, by its number in the COSE registry (RFC 9053, RFC 8812).
enum class CoseAlgorithm : int { ES256 = -7, EdDSA = -8, ES384 = -35, ES512 = -36, Ed448 = -53, RS256 = -257 };

/// The public key of a passkey, good for exactly one algorithm: one curve or one kind of padding (WebAuthn L3 §5.8.5). The key is of its
/// algorithm's kind; else OpenSSL, told no digest, takes an EC key's default one and verifies what claims to be EdDSA. Immutable; any
/// thread at once.
class CoseKey final
{
public:
    static constexpr qsizetype longest = 1200; ///< Bytes; RSA of 8192 bits takes some 1050.
    static constexpr qsizetype longestSignature = 1024;

    /// A COSE_Key (RFC 9052 §7) at the start of `bytes`; what follows it is the caller's. InvalidInput for what is none of these: a
    /// point on P-256, P-384 or P-521, Ed25519, Ed448, RSA of 2048 to 8192 bits with an odd exponent of 2 to 32 bits.
    static Result<CoseKey> first(QByteArrayView bytes);

    CoseAlgorithm algorithm() const { return m_algorithm; }
    /// How long it is where it came from.
    qsizetype size() const { return m_size; }

    /// ECDSA signatures are DER here (L3 §6.5.5), unlike those of JWS.
    bool verify(QByteArrayView message, QByteArrayView signature) const;

private:
    CoseKey(CoseAlgorithm algorithm, std::shared_ptr<EVP_PKEY> key, qsizetype size)
        : m_algorithm(algorithm), m_key(std::move(key)), m_size(size)
    {}

    CoseAlgorithm m_algorithm;
    std::shared_ptr<EVP_PKEY> m_key;
    qsizetype m_size;
};

} // namespace warder
