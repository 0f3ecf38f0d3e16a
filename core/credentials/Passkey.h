#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QByteArray>
#include <QStringList>

namespace warder {

/// A public key whose private half an authenticator keeps (WebAuthn): somebody signs in with it, or gives it as a second factor.
struct Passkey
{
    Id id = {};
    Id user = {};
    QByteArray credentialId = {}; ///< 1 to 1023 bytes, which the authenticator chose; no other account's.
    QByteArray publicKey = {};    ///< A COSE_Key, as it came.
    int algorithm = 0;            ///< CoseAlgorithm
    quint32 counter = 0;          ///< The highest that it said; 0: it does not count.
    bool wasVerified = false;     ///< It has verified its user once, by PIN, finger or face.
    bool isBackupEligible = false;
    bool isBackedUp = false;                 ///< Kept by a password manager that has copies.
    std::optional<bool> isDiscoverable = {}; ///< Offers itself where no name is typed; nothing: the browser did not say.
    QStringList transports = {};             ///< "internal", "usb" …: how a browser reaches it.
    QByteArray aaguid = {};
    QString attestation = {}; ///< What its statement proved: AttestationObject::attestation()
    QString rpId = {};        ///< The name of ours that it was made for, and works with alone.
    QString name = {};        ///< What its owner calls it; may be empty.
    TimePoint createdAt = {};
    std::optional<TimePoint> lastUsedAt = {};
    std::optional<TimePoint> clonedAt = {}; ///< When its counter last went back: somebody may have a copy.

    bool operator==(const Passkey &) const = default;
};

} // namespace warder
