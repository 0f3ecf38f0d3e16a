#pragma once

#include "core/console/orders/Refusals.h"
#include "core/crypto/Jwt.h"
#include "core/sessions/Session.h"
#include "core/sessions/SessionPolicy.h"
#include "core/tokens/KeyRing.h"
#include "core/tokens/TokenPolicy.h"

#include <QList>

namespace warder {

/// Says check by check what TokenVerifier and Sessions::refresh() say of a token as a whole, for a person. They decide; these explain.
/// Pure.
namespace token_checks {

/// Of a JWT that was taken apart: key, signature, kind, issuer, audience, times. What depends on the key is skipped without one.
QList<RefusalCheckView> ofAccessToken(const ParsedJwt &jwt, const KeyRing &ring, const TokenPolicy &policy, TimePoint now);

/// Whether the session lives. `by`: who ended it, where that is known.
RefusalCheckView ofSession(const std::optional<Session> &session, const QString &by, TimePoint now);

/// Whether a refresh token of that generation is the session's good one.
RefusalCheckView ofGeneration(const Session &session, qint64 generation, const SessionPolicy &policy, TimePoint now);

/// What a refused request was refused for, by its code.
RefusalCheckView ofRequest(const RefusedRequestView &request);

bool haveAllPassed(const QList<RefusalCheckView> &checks);

} // namespace token_checks
} // namespace warder
