#pragma once

#include "core/api/Route.h"
#include "core/api/Services.h"

namespace warder {

/// Where clients reach the API: the issuer's scheme and host with http.base_path. Empty when the issuer is no http(s) URL.
QString publicUrlOf(const HttpOptions &options);

/// What this is, for a person who asks for "/".
Handler aboutEndpoint(const HttpOptions &options);

/// Authorization server metadata (RFC 8414 §2), and nothing in it that is not so.
Handler metadataEndpoint(const Services &services, const HttpOptions &options);

} // namespace warder
