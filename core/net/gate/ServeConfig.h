#pragma once

#include "core/net/gate/ListenerLimits.h"

#include <memory>

namespace warder {

class HttpHandler;
class TlsContext;

/// How connections are served; a reload replaces it and keeps them. Immutable, shared by the HTTP threads.
struct ServeConfig
{
    ListenerLimits limits = {};
    std::shared_ptr<HttpHandler> handler = {};
    std::shared_ptr<const TlsContext> tls = {}; ///< Null: plain HTTP. Unix domain sockets are always plain.
};

using ServeConfigPtr = std::shared_ptr<const ServeConfig>;

} // namespace warder
