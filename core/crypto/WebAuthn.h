#pragma once

#include "core/crypto/CoseKey.h"

#include <QStringList>

namespace warder {

struct AssertionResponse;
struct RegistrationResponse;

/// The server's half of WebAuthn Level 3: what a browser brought back from a ceremony is held against what the server asked for (§7.1,
/// §7.2). Pure functions over bytes; they read and spend no challenge, and know no users. Any thread; a signature costs at most some
/// milliseconds.
namespace webauthn {

/// What the server asked for, and what it allows.
struct Expectation
{
    QByteArray challenge; ///< At least 16 bytes; the caller has spent it.
    QString rpId;
    QStringList origins;           ///< Exact: "https://app.example.com".
    bool needsVerification = true; ///< PIN, finger or face, and not a touch alone.
    QList<CoseAlgorithm> algorithms = {CoseAlgorithm::EdDSA, CoseAlgorithm::ES256, CoseAlgorithm::RS256}; ///< As they were offered.
    QStringList topOrigins = {}; ///< Pages that may frame ours; empty: no frames of other origins at all.
};

/// A new passkey, to be stored.
struct NewCredential
{
    QByteArray id;
    QByteArray publicKey; ///< COSE_Key exactly as it came.
    CoseAlgorithm algorithm = CoseAlgorithm::ES256;
    quint32 counter = 0;
    bool isVerified = false; ///< The authenticator verified its user, here.
    bool isBackupEligible = false;
    bool isBackedUp = false;
    QByteArray aaguid;
    QString attestation; ///< AttestationObject::attestation()
};

/// A stored passkey, as far as an assertion is held against it.
struct KnownCredential
{
    QByteArray publicKey;
    bool isBackupEligible = false;
};

/// What a good assertion says.
struct Asserted
{
    quint32 counter = 0;
    bool isVerified = false;
    bool isBackedUp = false;
};

/// InvalidInput with a sentence for the log where anything is not as expected.
Result<NewCredential> verifyRegistration(const Expectation &expected, const RegistrationResponse &response);
/// The same. `known` must be the passkey whose id the response names.
Result<Asserted> verifyAssertion(const Expectation &expected, const KnownCredential &known, const AssertionResponse &response);

/// A sign of a copied key, and no proof: two sign-ins at once look the same (§7.2 step 22). Authenticators that do not count say 0 always.
constexpr bool counterWentBack(quint32 known, quint32 said) { return (known != 0 || said != 0) && said <= known; }

} // namespace webauthn
} // namespace warder
