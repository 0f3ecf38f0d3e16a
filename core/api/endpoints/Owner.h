#pragma once

#include "core/accounts/User.h"
#include "core/api/ApiContext.h"
#include "core/tokens/VerifiedTokens.h"

/// What the routes of the signed-in person share. Any thread.
namespace warder {

/// Whose session it is, as they are now; InvalidToken where the account is gone, which takes its tokens with it, or disabled.
Result<User> ownerOf(const ApiContext &api, const Principal &principal);

/// 401 would tell a client that its session is over: a wrong password beside a good token is a fault of that field. Other errors stay
/// what they are.
Error ofField(const Error &error, const QString &field);

} // namespace warder
