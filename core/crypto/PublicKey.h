#pragma once

#include "core/crypto/OpenSsl.h"

namespace warder::openssl {

/// A curve of ECDSA.
struct Curve
{
    const char *name;
    qsizetype size; ///< Of a coordinate, in bytes.
};
inline constexpr Curve p256 {.name = "P-256", .size = 32};
inline constexpr Curve p384 {.name = "P-384", .size = 48};
inline constexpr Curve p521 {.name = "P-521", .size = 66};

// Public keys of numbers that a stranger sent, however those were written. Null for what is none. For the inside of this room; any thread.

/// Null as well for a point that is not on the curve.
Key ecPublicKey(const Curve &curve, QByteArrayView x, QByteArrayView y);
/// `type`: EVP_PKEY_ED25519 or EVP_PKEY_ED448.
Key edPublicKey(int type, QByteArrayView x);
/// Of 2048 to 8192 bits, with an odd exponent of 2 to 32: the cost of a verification grows with the square of the one and with the other.
Key rsaPublicKey(QByteArrayView modulus, QByteArrayView exponent);

} // namespace warder::openssl
