#pragma once

#include "core/crypto/AuthenticatorData.h"

#include <QCborMap>

namespace warder {

/// What comes back from a registration: the authenticator's data, and what its maker says of it (WebAuthn L3 §6.5.4).
///
/// We ask for no such statement, since without the makers' roots none proves anything: its certificates could be anybody's. So two
/// formats are looked into: `none`, which must be empty, and `packed` signed by the new key itself, which proves that somebody holds
/// it. Any other is taken for what it says of itself, and believed in nothing; no certificate is parsed.
struct AttestationObject
{
    static constexpr qsizetype longest = 16 * 1024;

    QByteArray authenticatorData; ///< As it came, for the statement's signature.
    AuthenticatorData data;
    QString format; ///< "none", "packed", "fido-u2f" …: 1 to 32 printable characters.
    QCborMap statement;

    /// InvalidInput for anything but one CBOR map with these three. Pure; any thread, as the next.
    static Result<AttestationObject> parse(QByteArrayView bytes);

    /// What the statement proves: "none", "self", or "unverified:FORMAT". InvalidInput where it is wrong, in one of the two that we look
    /// into. `clientDataHash`: SHA-256 of clientDataJSON. `data` must have a credential.
    Result<QString> attestation(const QByteArray &clientDataHash) const;
};

} // namespace warder
