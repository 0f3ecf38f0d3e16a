#pragma once

#include "core/http/Route.h"
#include "core/http/Services.h"
#include "core/http/filters/Cookies.h"

namespace warder {

/// What opens, renews and ends sessions. Each returns a handler for one row of the table.
Handler registerEndpoint(const Services &services, const HttpOptions &options, const Cookies &cookies);
Handler loginEndpoint(const Services &services, const HttpOptions &options, const Cookies &cookies);
Handler refreshEndpoint(const Services &services, const HttpOptions &options, const Cookies &cookies);
Handler logoutEndpoint(const Services &services, const Cookies &cookies);
Handler logoutAllEndpoint(const Services &services, const Cookies &cookies);

} // namespace warder
