#include "core/api/endpoints/SignIn.h"

#include "core/api/endpoints/Delivery.h"
#include "core/api/filters/Authorization.h"
#include "core/sessions/Authenticator.h"
#include "core/signin/LoginThrottle.h"
#include "core/signin/Registration.h"
#include "core/signin/SignIn.h"
#include "core/telemetry/TrafficStatistics.h"
#include "core/tokens/RefreshTokens.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

bool isForm(const Call &call)
{
    const QString type = call.header("Content-Type");
    return type.startsWith("application/x-www-form-urlencoded"_L1, Qt::CaseInsensitive)
           || type.startsWith("multipart/form-data"_L1, Qt::CaseInsensitive);
}

/// JSON clients say `email`; OAuth2 password clients, which send forms, say `username` and may say `grant_type`.
Credentials credentialsFrom(Fields &fields, const Call &call)
{
    const bool oauth = !call.fields.contains("email"_L1) && (isForm(call) || call.fields.contains("username"_L1));
    Credentials given {.email = fields.required(oauth ? "username"_L1 : "email"_L1), .password = fields.required("password"_L1)};
    (void)fields.choice("grant_type"_L1, {u"password"_s}, u"password"_s);
    return given;
}

/// The presented refresh token, and how its successor must travel: what came as an HttpOnly cookie never becomes readable.
struct Presented
{
    QByteArray token;
    bool byCookie = false;
};

Presented presented(const Call &call, Fields &fields, const Cookies &cookies)
{
    if (const auto token = fields.optional("refresh_token"_L1); token && !token->isEmpty()) // a form sends its empty fields too
        return {.token = token->toUtf8(), .byCookie = false};
    return {.token = cookies.refreshOf(call), .byCookie = true};
}

/// The sessions that this browser or app leaves by signing in: that of its cookies, or of the refresh token it sends along.
QList<Id> formerOf(const ApiContext &api, const Call &call, Fields &fields)
{
    QList<Id> former;
    if (const auto claim = api.refreshTokens.verify(presented(call, fields, api.cookies).token, call.now))
        former += claim->session;
    if (const auto principal = api.authenticator.authenticate(api.cookies.accessOf(call), call.now);
        principal && !former.contains(principal->sessionId))
        former += principal->sessionId;
    return former;
}

Outcome outcomeOf(const Result<TokenPair> &pair) { return pair ? Outcome::Succeeded : warder::outcomeOf(statusOf(pair.error().code)); }

/// A definite "this session is over" takes the cookies with it; a limit or a fault of ours never does.
ApiResponse refusedRefresh(const Error &error, bool byCookie, const Cookies &cookies)
{
    ApiResponse response = ApiResponse::error(error);
    if (byCookie && response.status == 401)
        cookies.clearOn(response);
    return response;
}

} // namespace

Result<ApiResponse> registerEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const NewAccount given {.email = fields.required("email"_L1),
                            .password = fields.required("password"_L1),
                            .name = fields.optional("name"_L1).value_or(QString())};
    const Delivery delivery = deliveryOf(fields, api.options);
    const QList<Id> former = formerOf(api, call, fields);
    fields.add(api.registration.faultsOf(given));
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const auto pair = api.registration.signUp(given, call.client, call.now, former);
    if (!pair)
        return refused(pair);
    api.traffic.recordSignIn(Outcome::Succeeded, call.now);
    return tokenResponse(201, *pair, delivery, true, api.cookies, call.now);
}

Result<ApiResponse> loginEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields, isForm(call));
    const Credentials given = credentialsFrom(fields, call);
    const Delivery delivery = deliveryOf(fields, api.options);
    const QList<Id> former = formerOf(api, call, fields);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const auto pair = api.throttle.guard(given.email, call.client.address, call.now,
                                         [&] { return api.signIn.byPassword(given, call.client, call.now, former); });
    api.traffic.recordSignIn(outcomeOf(pair), call.now);
    if (!pair)
        return refused(pair);
    return tokenResponse(200, *pair, delivery, false, api.cookies, call.now);
}

Result<ApiResponse> refreshEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const Presented refresh = presented(call, fields, api.cookies);
    const Delivery wished = deliveryOf(fields, api.options);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    if (refresh.token.isEmpty())
        return refusedRefresh({.code = ErrorCode::NotAuthenticated}, api.cookies.isCarriedBy(call), api.cookies);
    const auto pair = api.sessions.refresh(refresh.token, call.client, call.now);
    api.traffic.recordRefresh(outcomeOf(pair), call.now);
    if (!pair && pair.error().code == ErrorCode::InvalidToken)
        return refusedRefresh(pair.error(), refresh.byCookie, api.cookies);
    if (!pair)
        return refused(pair);
    return tokenResponse(200, *pair, refresh.byCookie ? Delivery::Cookie : wished, false, api.cookies, call.now);
}

Result<ApiResponse> logoutEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const Presented refresh = presented(call, fields, api.cookies);
    (void)fields.optional("csrf_token"_L1);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    if (const auto ended = api.sessions.logoutByToken(refresh.token, call.now); !ended)
        return refused(ended);
    if (const auto principal = api.authenticator.authenticate(accessTokenOf(call, api.cookies), call.now)) {
        const auto ended = api.sessions.revokeById({principal->sessionId}, SessionEnd::Logout, u"user"_s, call.now);
        if (!ended)
            return refused(ended);
    }
    return signedOut(api.cookies, call);
}

Result<ApiResponse> logoutAllEndpoint(const ApiContext &api, const Call &call)
{
    return api.sessions.revokeByUser(call.principal().userId, SessionEnd::LogoutAll, u"user"_s, call.now).transform([&](int) {
        return signedOut(api.cookies, call);
    });
}

} // namespace warder
