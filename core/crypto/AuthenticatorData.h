#pragma once

#include "core/crypto/CoseKey.h"

namespace warder {

/// The credential that an authenticator made (WebAuthn L3 §6.5.2).
struct AttestedCredential
{
    static constexpr qsizetype longestId = 1023;

    QByteArray aaguid;    ///< 16 bytes that tell the authenticator's model; zeros where the browser hides it.
    QByteArray id;        ///< 1 to 1023 bytes.
    QByteArray publicKey; ///< The COSE_Key exactly as it came…
    CoseKey key;          ///< …and as it verifies.
};

/// What an authenticator vouches for: authenticator data (L3 §6.1).
struct AuthenticatorData
{
    static constexpr qsizetype longest = 8192; ///< Bytes; extensions take most of them.

    QByteArray rpIdHash;
    bool isPresent = false;        ///< UP: somebody touched it.
    bool isVerified = false;       ///< UV: by PIN, finger or face.
    bool isBackupEligible = false; ///< BE: may be on several devices; never changes.
    bool isBackedUp = false;       ///< BS
    quint32 counter = 0;
    std::optional<AttestedCredential> credential = {}; ///< Of a registration.

    /// InvalidInput for anything that is not this and nothing more: too short, bytes behind it, a credential id of a bad length, a key that
    /// does not load, extensions that are no map. What is in those is ignored. Pure; any thread.
    static Result<AuthenticatorData> parse(QByteArrayView bytes);
};

} // namespace warder
