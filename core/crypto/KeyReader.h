#pragma once

#include "core/crypto/KeyMaterial.h"
#include "core/crypto/SecretBytes.h"

namespace warder {

/// A private key that was made elsewhere.
struct ForeignKey
{
    std::shared_ptr<const KeyMaterial> material;
    QString kid = {}; ///< Of a JWK that has one: 1 to 64 printable ASCII characters, of which the first is no '-'.
};

/// Reads private keys as other programs write them. Pure but for the cost that a file sets itself (the rounds over its passphrase); not on
/// an HTTP thread.
namespace KeyReader {

inline constexpr qsizetype longest = 64 * 1024; ///< An RSA key of 8192 bits takes some 10 KiB.

/// From PEM (PKCS#8, PKCS#1 or SEC1, also encrypted) or JSON (a JWK, or a set with one; RFC 7517, RFC 7518 §6, RFC 8037 §2). P-256 signs
/// ES256, Ed25519 EdDSA, a secret HS256; RSA of 2048 to 8192 bits (FIPS 186-5 §5.4) the algorithm that the JWK names, or `wanted`, or
/// RS256. InvalidInput with a sentence that says what is wrong, and nothing of the key.
Result<ForeignKey> read(const SecretBytes &file, const SecretBytes &passphrase, std::optional<SignatureAlgorithm> wanted);

/// Whether read() will want a passphrase. Judged by the text only.
bool isEncrypted(QByteArrayView file);

} // namespace KeyReader
} // namespace warder
