#pragma once

#include "core/api/ApiContext.h"

namespace warder {

/// What opens, renews and ends sessions.
Endpoint registerEndpoint;
Endpoint loginEndpoint;
Endpoint refreshEndpoint;
Endpoint logoutEndpoint;
Endpoint logoutAllEndpoint;

} // namespace warder
