#pragma once

#include "core/base/Result.h"
#include "core/crypto/SecretBytes.h"

#include <optional>

namespace warder {

/// The key that seals all other keys, 32 bytes, from a 0600 file that holds them in base64. CryptoFailure with what to do: file
/// missing, readable by others, owned by somebody else, or not a key. `mayCreate` only when no database was ever sealed: a missing key
/// must never become a new one.
Result<SecretBytes> loadMasterKey(const QString &path, bool mayCreate);

SecretBytes newMasterKey();

/// In base64, as it is stored and typed; wipe it.
QByteArray masterKeyText(const SecretBytes &masterKey);
/// Nothing for what is not 32 bytes in base64; blanks around them do not matter.
std::optional<SecretBytes> masterKeyFromText(QByteArrayView text);

/// Puts it into the file, in place of what is there, reads it back and compares.
Result<void> writeMasterKey(const QString &path, const SecretBytes &masterKey);

/// The file says in place of the key that it is in the keychain.
Result<void> pointToKeychain(const QString &path);
bool pointsToKeychain(const QString &path);

/// Eight bytes that tell, without revealing it, whether a master key is the one a database was sealed with.
QByteArray keyCheckValue(const SecretBytes &masterKey);

} // namespace warder
