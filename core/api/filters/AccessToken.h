#pragma once

#include "core/api/Call.h"
#include "core/api/filters/Authorization.h"
#include "core/api/filters/Cookies.h"

namespace warder {

/// The access token a request brings: Bearer wins over the cookie. Empty if it brings none. Any thread.
QByteArray accessTokenOf(const Call &call, const Cookies &cookies);

} // namespace warder
