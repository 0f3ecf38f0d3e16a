#include "core/api/filters/SessionCallers.h"

#include "core/api/filters/Authorization.h"
#include "core/sessions/Authenticator.h"
#include "core/sessions/Sessions.h"
#include "core/signin/StepUp.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<Principal> sessionCallerOf(const ApiContext &api, const Call &call)
{
    const QByteArray token = accessTokenOf(call, api.cookies);
    if (token.isEmpty())
        return refused(ErrorCode::NotAuthenticated);
    return api.authenticator.authenticate(token, call.now);
}

Result<Principal> recentCallerOf(const ApiContext &api, const Call &call)
{
    auto principal = sessionCallerOf(api, call);
    if (!principal)
        return principal;
    const auto session = api.sessions.findLive(principal->sessionId, call.now);
    if (!session)
        return refused(session);
    if (!*session)
        return refused(ErrorCode::InvalidToken, u"its session is not live"_s);
    const auto age = call.now - (*session)->authenticatedAt;
    if (std::chrono::abs(age) < api.options.freshFor) // the clock may have been set back
        return principal;
    const auto methods = api.stepUp.methodsOf(principal->userId);
    if (!methods)
        return refused(methods);
    return std::unexpected(Error {.code = ErrorCode::ReauthenticationRequired, .methods = *methods});
}

} // namespace warder
