#pragma once

#include "core/api/ApiContext.h"

namespace warder {

/// Sign-in by a link, or by six digits, of a mail. What the browser that asks keeps travels as tickets do: in the body, or in the ticket's
/// cookie and then never in the body.
Endpoint beginMailSignInEndpoint;
Endpoint finishMailSignInEndpoint;

} // namespace warder
