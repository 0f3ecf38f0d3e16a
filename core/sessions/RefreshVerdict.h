#pragma once

#include "core/base/Result.h"
#include "core/sessions/Client.h"
#include "core/sessions/Session.h"
#include "core/sessions/SessionPolicy.h"
#include "core/tokens/RefreshTokens.h"

#include <optional>

namespace warder {

class SessionEndings;
class Transaction;

/// What came of presenting a genuine refresh token.
struct RefreshVerdict
{
    std::optional<Session> good = {};   ///< To be answered with a token pair.
    std::optional<Session> reused = {}; ///< Ended just now.
    bool ahead = false;                 ///< The token was newer than the database.
    QString why = {};                   ///< Of a refusal, for the log.
};

/// Decides it in one transaction, on the writer, and writes what came of it, with where from, by one statement. A tool of Sessions.
Result<RefreshVerdict> judgeRefresh(Transaction &transaction, SessionEndings &endings, const RefreshClaim &claim,
                                    const SessionPolicy &policy, const Client &client, TimePoint now);

} // namespace warder
