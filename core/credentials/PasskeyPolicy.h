#pragma once

#include "core/base/Clock.h"

#include <QStringList>

namespace warder {

class Settings;

/// What settings decide about passkeys.
struct PasskeyPolicy
{
    bool enabled = true;
    QString rpId = QStringLiteral("localhost"); ///< The name that passkeys are bound to: a host that the pages below belong to.
    QString rpName = QStringLiteral("Warder");  ///< What a browser shows when a passkey is made.
    QStringList origins = {QStringLiteral("http://localhost:3000")}; ///< Pages that may ask for one.
    Seconds challengeLife = std::chrono::minutes {5};                ///< From a browser's question to its answer.

    /// Whether there are passkeys here at all: without a page that may ask for one there are none.
    bool isOn() const { return enabled && !rpId.isEmpty() && !origins.isEmpty(); }

    /// Empty settings: rpId is the host of the first allowed origin that browsers let ask for passkeys, and the origins are the allowed
    /// ones that belong to it.
    static PasskeyPolicy from(const Settings &settings);

    /// What in the settings browsers will refuse, a line each; for the start and for who checks settings.
    static QStringList warnings(const Settings &settings);
};

/// Whether browsers let a page of this origin ask for passkeys of `rpId` (WebAuthn L3 §5.1.2): over TLS, or on this very machine, and
/// the page's host is `rpId` or lies below it. An app's origin has no host and may always.
bool mayAskFor(const QString &rpId, const QString &origin);

} // namespace warder
