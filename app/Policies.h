#pragma once

#include "core/api/Lanes.h"
#include "core/api/Services.h"
#include "core/config/Settings.h"
#include "core/credentials/PasswordPolicy.h"
#include "core/crypto/KeyMaterial.h"
#include "core/crypto/PasswordHasher.h"
#include "core/net/gate/ListenConfig.h"
#include "core/net/gate/ListenerLimits.h"
#include "core/sessions/SessionPolicy.h"
#include "core/tokens/TokenPolicy.h"

namespace warder {

/// From the table of settings to what each room takes. Pure.
HashingPolicy hashingPolicyFrom(const Settings &settings);
PasswordPolicy passwordPolicyFrom(const Settings &settings);
/// Whether people may register themselves.
bool registrationIsOpen(const Settings &settings);
TokenPolicy tokenPolicyFrom(const Settings &settings);
SessionPolicy sessionPolicyFrom(const Settings &settings);
SignatureAlgorithm signatureAlgorithmFrom(const Settings &settings);

/// Never more connections than the system has descriptors for.
ListenerLimits listenerLimitsFrom(const Settings &settings);
LaneSizes laneSizesFrom(const Settings &settings);
HttpOptions httpOptionsFrom(const Settings &settings, const TokenPolicy &tokens);

ListenConfig listenConfigFrom(const Settings &settings);

/// What a start should say aloud although it goes on, a line each: variables that are no setting, and settings that open the server
/// wider than people mean to. `points`: where it listens, by http.listen or by what systemd opened.
QStringList startWarnings(const Settings &settings, const QList<ListenPoint> &points);

/// True when a certificate is named.
bool servesTls(const Settings &settings);

/// "http://localhost:8000": how a person on this machine reaches the listener there.
QString urlOf(const ListenPoint &point, const Settings &settings);

/// How tokens name a server that listens there unless the settings do: by the first address that a browser could follow. At least one
/// point.
QString ownUrl(const QList<ListenPoint> &points, const Settings &settings);

} // namespace warder
