#pragma once

#include "core/api/Route.h"
#include "core/api/Services.h"
#include "core/api/filters/Cookies.h"

namespace warder {

/// The signed-in person's own account and sessions. Each returns a handler for one row of the table.
Handler meEndpoint(const Services &services);
Handler renameMeEndpoint(const Services &services);
Handler removeMeEndpoint(const Services &services, const Cookies &cookies);
Handler changePasswordEndpoint(const Services &services);
Handler mySessionsEndpoint(const Services &services);
Handler endMySessionEndpoint(const Services &services);
/// Never refuses: says whether somebody is signed in and whether a refresh would help.
Handler sessionEndpoint(const Services &services, const Cookies &cookies);

} // namespace warder
