#pragma once

#include "core/api/ApiContext.h"

namespace warder {

/// The signed-in person's own second factors.
Endpoint myFactorsEndpoint;
Endpoint beginTotpEndpoint;
Endpoint confirmTotpEndpoint;
Endpoint removeTotpEndpoint;
Endpoint renewRecoveryCodesEndpoint;
Endpoint forgetDevicesEndpoint;

} // namespace warder
