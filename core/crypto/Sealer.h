#pragma once

#include "core/base/Result.h"
#include "core/crypto/SealingKeys.h"
#include "core/crypto/SecretBytes.h"

namespace warder {

/// Encrypts small secrets for the database: AES-256-GCM, a key of its own for each purpose, derived from the master key. Any thread.
/// A sealed blob is 2 (1 byte) | version of the master key (4, big-endian) | nonce (12) | cipher text | tag (16); what stands before the
/// nonce is bound as well. Those of before master keys could be rotated are 1 | nonce | cipher text | tag, under the first one.
class Sealer final
{
public:
    /// `purpose` names the use, e.g. "warder/keyring/v1": blobs of one purpose do not open under another. `keys` must outlive it.
    Sealer(const SealingKeys &keys, QByteArrayView purpose) : m_keys(keys), m_purpose(purpose.toByteArray()) {}

    /// See SealingKeys::hold(): before seal(), until what was sealed is on disk.
    std::shared_lock<std::shared_mutex> hold() const { return m_keys.hold(); }

    /// Under the current master key. `context` is bound but not stored (table, row, column …): a blob moved elsewhere does not open there.
    QByteArray seal(QByteArrayView plain, QByteArrayView context) const { return sealUnder(m_keys.current(), plain, context); }
    /// Under one that is not in force yet.
    QByteArray sealUnder(const VersionedKey &masterKey, QByteArrayView plain, QByteArrayView context) const;
    /// Under that one of the two that open; CryptoFailure for any other version.
    Result<QByteArray> sealAs(quint32 version, QByteArrayView plain, QByteArrayView context) const;

    /// CryptoFailure for a wrong key, a wrong context, a changed blob, or one under a former master key.
    Result<SecretBytes> open(QByteArrayView sealed, QByteArrayView context) const;

private:
    const SealingKeys &m_keys;
    const QByteArray m_purpose;
};

} // namespace warder
