#pragma once

#include "core/api/ApiResponse.h"
#include "core/api/Call.h"
#include "core/api/HttpOptions.h"
#include "core/api/Services.h"
#include "core/api/filters/Cookies.h"
#include "core/base/Result.h"

namespace warder {

/// What endpoints work with; a pipeline's.
struct ApiContext : Services
{
    const HttpOptions &options;
    const Cookies &cookies;
};

/// Answers the requests of one row of the table.
using Endpoint = Result<ApiResponse>(const ApiContext &api, const Call &call);

} // namespace warder
