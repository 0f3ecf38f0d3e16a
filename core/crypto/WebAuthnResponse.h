#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

namespace warder {

/// What `credential.toJSON()` gave in a browser after navigator.credentials.create() (WebAuthn L3 §5.1, RegistrationResponseJSON), decoded.
struct RegistrationResponse
{
    QByteArray id; ///< 1 to 1023 bytes.
    QByteArray clientDataJson;
    QByteArray attestationObject;
    QStringList transports = {};             ///< "internal", "usb" …; at most 8, what is no such word is left out.
    std::optional<bool> isDiscoverable = {}; ///< credProps.rk, if the browser says.

    /// InvalidInput with a sentence that holds nothing of the credential. A member that is longer than it may be is not decoded. Pure; any
    /// thread.
    static Result<RegistrationResponse> fromJson(const QJsonObject &credential);
};

/// The same after navigator.credentials.get() (AuthenticationResponseJSON).
struct AssertionResponse
{
    QByteArray id;
    QByteArray clientDataJson;
    QByteArray authenticatorData;
    QByteArray signature;
    std::optional<QByteArray> userHandle = {}; ///< 1 to 64 bytes.

    static Result<AssertionResponse> fromJson(const QJsonObject &credential);
};

} // namespace warder
