#pragma once

#include "core/api/ApiContext.h"

namespace warder {

/// What machines ask: keys, health, numbers.
Endpoint jwksEndpoint;
Endpoint liveEndpoint;
Endpoint readyEndpoint;
Endpoint metricsEndpoint;
/// The bundled page, and the files it loads from `/docs/{file}`.
Endpoint docsEndpoint;
Endpoint docsFileEndpoint;
/// What browsers ask every server for.
Endpoint iconEndpoint;

} // namespace warder
