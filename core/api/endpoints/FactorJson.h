#pragma once

#include "core/credentials/TotpFactors.h"
#include "core/signin/FactorChanges.h"

#include <QJsonObject>

namespace warder {

/// `{id, secret, uri, qr_svg, expires_in}`: the NewTotp of the description. Holds a secret.
QJsonObject toJson(const NewTotp &totp);

/// `{enabled, required, totp, passkeys, recovery_codes_left, trusted_devices}`: the Mfa of the description.
QJsonObject toJson(const FactorOverview &overview);

} // namespace warder
