#pragma once

#include "core/api/Route.h"
#include "core/api/Services.h"

namespace warder {

/// What machines ask: keys, health, numbers, the description. Each returns a handler for one row of the table.
Handler jwksEndpoint(const Services &services);
Handler liveEndpoint();
Handler readyEndpoint(const Services &services);
Handler metricsEndpoint(const Services &services, const HttpOptions &options);
Handler openApiEndpoint(const QByteArray &description);
/// The bundled page, and the files it loads from `/docs/{file}`.
Handler docsEndpoint();
Handler docsFileEndpoint();
/// What browsers ask every server for.
Handler iconEndpoint();

} // namespace warder
