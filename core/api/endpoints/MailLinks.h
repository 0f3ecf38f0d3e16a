#pragma once

#include "core/api/ApiContext.h"

namespace warder {

/// Wishes for mails, which answer the same whoever asks, and what comes back by their links.
Endpoint requestVerificationEndpoint;
Endpoint verifyEndpoint;
Endpoint forgotPasswordEndpoint;
Endpoint resetPasswordEndpoint;
Endpoint changeEmailEndpoint;
Endpoint confirmEmailChangeEndpoint;
Endpoint reportSignInEndpoint;

} // namespace warder
