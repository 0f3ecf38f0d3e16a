#include "core/api/filters/CsrfFilter.h"

#include "core/crypto/Primitives.h"
#include "core/tokens/RefreshTokens.h"
#include "core/tokens/TokenVerifier.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// A beacon cannot have header fields of its own, so its body may hold the token.
QByteArray tokenOf(const Route &route, const Call &call)
{
    const QByteArray header = call.headers.value("X-CSRF-Token").toByteArray();
    return header.isEmpty() && route.body == Body::Beacon ? call.fields.value("csrf_token"_L1).toString().toUtf8() : header;
}

} // namespace

std::optional<Id> cookieSessionOf(const Call &call, const ApiContext &api)
{
    if (const auto principal = api.verifier.verify(api.cookies.accessOf(call), call.now))
        return principal->sessionId;
    if (const auto claim = api.refreshTokens.verify(api.cookies.refreshOf(call), call.now))
        return claim->session;
    return std::nullopt;
}

Result<void> checkCsrf(const Route &route, const Call &call, const Origins &origins, const ApiContext &api)
{
    const bool opensSession = route.csrf == Csrf::Origin;
    if (route.csrf == Csrf::None || (!opensSession && !api.cookies.isCarriedBy(call)))
        return {};
    switch (origins.judge(call.headers, call.secure)) {
    case OriginVerdict::NotABrowser: return {};
    case OriginVerdict::Foreign:
        return refused(ErrorCode::OriginRefused, u"from a foreign origin: neither in http.allowed_origins nor ours by http.hosts"_s);
    case OriginVerdict::Allowed: break;
    }
    if (opensSession)
        return {};
    const auto session = cookieSessionOf(call, api);
    if (!session)
        return {}; // the cookies speak for nobody: there is nothing to ride on
    const QByteArray sent = tokenOf(route, call);
    if (!equalInConstantTime(sent, call.cookies.value(api.cookies.csrfName())) || !api.refreshTokens.verifyCsrf(sent, *session, call.now))
        return refused(ErrorCode::CsrfFailed, u"X-CSRF-Token is missing or not this session's"_s);
    return {};
}

} // namespace warder
