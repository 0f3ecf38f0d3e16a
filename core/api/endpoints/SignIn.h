#pragma once

#include "core/api/Route.h"
#include "core/api/Services.h"
#include "core/api/filters/Cookies.h"

namespace warder {

/// What opens, renews and ends sessions. Each returns a handler for one row of the table.
Handler registerEndpoint(const Services &services, const HttpOptions &options, const Cookies &cookies);
Handler loginEndpoint(const Services &services, const HttpOptions &options, const Cookies &cookies);
Handler refreshEndpoint(const Services &services, const HttpOptions &options, const Cookies &cookies);
Handler logoutEndpoint(const Services &services, const Cookies &cookies);
Handler logoutAllEndpoint(const Services &services, const Cookies &cookies);

} // namespace warder
