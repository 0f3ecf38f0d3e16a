#pragma once

#include "core/accounts/User.h"
#include "core/credentials/Passkey.h"
#include "core/credentials/Passkeys.h"

#include <QJsonObject>

namespace warder {

/// `{options, expires_in}` for navigator.credentials.get(), and for navigator.credentials.create().
QJsonObject requestJson(const PasskeyOptions &options);
QJsonObject creationJson(const PasskeyOptions &options, const User &user);

/// As its owner sees it; `isUsable`: it was made for today's rp_id.
QJsonObject toJson(const Passkey &passkey, bool isUsable);

/// All of them, and what browsers are told for PublicKeyCredential.signalAllAcceptedCredentials().
QJsonObject listJson(const Passkeys &passkeys, const QList<Passkey> &held, const std::optional<QByteArray> &handle);

} // namespace warder
