#pragma once

#include "core/api/ApiContext.h"

namespace warder {

/// The signed-in person's own account and sessions.
Endpoint meEndpoint;
Endpoint renameMeEndpoint;
Endpoint removeMeEndpoint;
Endpoint changePasswordEndpoint;
Endpoint mySessionsEndpoint;
Endpoint endMySessionEndpoint;
/// Never refuses: says whether somebody is signed in and whether a refresh would help.
Endpoint sessionEndpoint;

} // namespace warder
