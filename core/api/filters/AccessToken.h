#pragma once

#include "core/api/Call.h"
#include "core/api/filters/Cookies.h"

#include <optional>

namespace warder {

/// What stands behind "Bearer", whose case does not matter (RFC 6750 §2.1); nothing without it.
std::optional<QByteArray> bearerOf(const QHttpHeaders &headers);

/// The access token a request brings: Bearer wins over the cookie. Empty if it brings none. Any thread.
QByteArray accessTokenOf(const Call &call, const Cookies &cookies);

} // namespace warder
