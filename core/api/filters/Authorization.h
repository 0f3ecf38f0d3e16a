#pragma once

#include "core/api/Call.h"
#include "core/api/filters/Cookies.h"

namespace warder {

/// The access token a request brings: Bearer wins over the cookie. Empty if it brings none. Any thread.
QByteArray accessTokenOf(const Call &call, const Cookies &cookies);

/// What stands behind "Bearer", whose case does not matter (RFC 6750 §2.1); nothing without it. Any thread.
std::optional<QByteArray> bearerOf(const QHttpHeaders &headers);

struct ClientCredentials
{
    QString id;
    QString secret;
};

/// The credentials behind "Basic", both form-encoded before they were joined (RFC 6749 §2.3.1); nothing without the scheme, and for
/// what is not just so: two fields, other base64 than RFC 4648's, no colon, broken escapes, bytes that are no UTF-8. Any thread.
std::optional<ClientCredentials> basicOf(const QHttpHeaders &headers);

} // namespace warder
