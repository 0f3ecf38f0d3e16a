#pragma once

#include "core/base/Result.h"
#include "core/crypto/KeyMaterial.h"
#include "core/crypto/KeyReader.h"
#include "core/tokens/KeyRing.h"
#include "core/tokens/KeyStore.h"

namespace warder {

class Sealer;

/// Signing keys as the database has them: sealed under the master key. Any thread; not an HTTP thread for make(), since an RSA key takes
/// long. Whoever seals holds the sealer (Sealer::hold()) until the key is written.
namespace SealedKeys {

/// CryptoFailure when the master key is another.
Result<SigningKey> open(const SealedKey &sealed, const Sealer &sealer);

/// A new key that stands by. `longestLife`: for how long at most what it signs is accepted.
Result<SealedKey> make(KeyPurpose purpose, SignatureAlgorithm algorithm, Milliseconds longestLife, const Sealer &sealer, TimePoint now);

/// The same of a key that was made elsewhere.
SealedKey seal(KeyPurpose purpose, const ForeignKey &foreign, Milliseconds longestLife, const Sealer &sealer, TimePoint now);

/// Whoever has one of the two could sign for the other.
bool isSameKey(const KeyMaterial &one, const KeyMaterial &other);

} // namespace SealedKeys
} // namespace warder
