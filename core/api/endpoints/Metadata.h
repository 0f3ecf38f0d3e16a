#pragma once

#include "core/api/ApiContext.h"
#include "core/api/HttpOptions.h"

namespace warder {

/// Where clients reach the API: the issuer's scheme and host with http.base_path. Empty when the issuer is no http(s) URL.
QString publicUrlOf(const HttpOptions &options);

/// What this is, for a person who asks for "/".
Endpoint aboutEndpoint;

/// Authorization server metadata (RFC 8414 §2), and nothing in it that is not so.
Endpoint metadataEndpoint;

} // namespace warder
