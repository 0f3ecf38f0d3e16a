#pragma once

#include "core/api/ApiContext.h"

namespace warder {

/// The signed-in person's accounts at providers.
Endpoint myIdentitiesEndpoint;
Endpoint removeIdentityEndpoint;

} // namespace warder
