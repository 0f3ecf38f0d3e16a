#pragma once

#include "core/api/ApiContext.h"
#include "core/api/Call.h"
#include "core/tokens/VerifiedTokens.h"

namespace warder {

/// Whose session a request speaks for, by its access token (Bearer, or the cookie): NotAuthenticated without one, InvalidToken for one that
/// is not good. Any thread.
Result<Principal> sessionCallerOf(const ApiContext &api, const Call &call);

/// The same, and its owner proved within HttpOptions::freshFor who they are, else ReauthenticationRequired. Reads the database; any thread.
Result<Principal> recentCallerOf(const ApiContext &api, const Call &call);

} // namespace warder
