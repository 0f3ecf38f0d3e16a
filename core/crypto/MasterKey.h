#pragma once

#include "core/base/Result.h"
#include "core/crypto/SecretBytes.h"

namespace warder {

/// The key that seals all other keys, 32 bytes, from a 0600 file that holds them in base64. CryptoFailure with what to do: file
/// missing, readable by others, owned by somebody else, or not a key. `mayCreate` only when no database was ever sealed: a missing key
/// must never become a new one.
Result<SecretBytes> loadMasterKey(const QString &path, bool mayCreate);

/// Eight bytes that tell, without revealing it, whether a master key is the one a database was sealed with.
QByteArray keyCheckValue(const SecretBytes &masterKey);

} // namespace warder
