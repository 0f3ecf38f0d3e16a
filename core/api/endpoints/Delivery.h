#pragma once

#include "core/api/body/Fields.h"
#include "core/api/filters/Cookies.h"

namespace warder {

/// How tokens travel: in the JSON, or as cookies and then never in the JSON.
enum class Delivery { Body, Cookie };

/// `token_delivery` of the body, or the fallback.
Delivery deliveryOf(Fields &fields, Delivery fallback);

/// The answer that hands a pair out.
ApiResponse tokenReply(int status, const TokenPair &pair, Delivery delivery, bool withUser, const Cookies &cookies, TimePoint now);

} // namespace warder
