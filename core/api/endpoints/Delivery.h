#pragma once

#include "core/api/ApiResponse.h"
#include "core/api/Call.h"
#include "core/api/HttpOptions.h"
#include "core/api/body/Fields.h"
#include "core/api/filters/Cookies.h"
#include "core/sessions/Sessions.h"

namespace warder {

/// How tokens travel: in the JSON, or as cookies and then never in the JSON.
enum class Delivery { Body, Cookie };

/// `token_delivery` of the body, else what the settings say.
Delivery deliveryOf(Fields &fields, const HttpOptions &options);

/// The answer that hands a pair out.
ApiResponse tokenResponse(int status, const TokenPair &pair, Delivery delivery, bool withUser, const Cookies &cookies, TimePoint now);

/// The answer to whoever has signed out: their cookies, if they sent any, go with it.
ApiResponse signedOut(const Cookies &cookies, const Call &call);

} // namespace warder
