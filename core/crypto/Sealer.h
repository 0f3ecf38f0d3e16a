#pragma once

#include "core/base/Result.h"
#include "core/crypto/SecretBytes.h"

namespace warder {

/// Encrypts small secrets for the database: AES-256-GCM, a key of its own for each purpose. Immutable; any thread.
/// A sealed blob is version (1 byte) | nonce (12) | cipher text | tag (16).
class Sealer final
{
public:
    /// `purpose` names the use, e.g. "warder/keyring/v1": blobs of one purpose do not open under another.
    Sealer(const SecretBytes &masterKey, QByteArrayView purpose);

    /// `context` is bound but not stored (table, row, column …): a blob moved elsewhere does not open there.
    QByteArray seal(QByteArrayView plain, QByteArrayView context) const;

    /// CryptoFailure for a wrong key, a wrong context or a changed blob.
    Result<SecretBytes> open(QByteArrayView sealed, QByteArrayView context) const;

private:
    SecretBytes m_key;
};

} // namespace warder
