#pragma once

#include "core/http/Call.h"
#include "core/http/filters/Cookies.h"

namespace warder {

/// The access token a request brings: Bearer wins over the cookie (RFC 6750 §2.1; the scheme's case does not matter). Empty
/// if it brings none. Any thread.
QByteArray accessTokenOf(const Call &call, const Cookies &cookies);

} // namespace warder
