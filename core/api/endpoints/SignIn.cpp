#include "core/api/endpoints/SignIn.h"

#include "core/api/endpoints/Delivery.h"
#include "core/api/filters/Authorization.h"
#include "core/sessions/Authenticator.h"
#include "core/signin/LoginThrottle.h"
#include "core/signin/Registration.h"
#include "core/signin/SignIn.h"
#include "core/telemetry/TrafficStatistics.h"

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
    if (api.registration.isPrivate())
        return api.registration.askPrivately(given, call.client, call.now).transform([] { return ApiResponse::accepted(); });
    const auto outcome = api.registration.signUp(given, call.client, call.now, former);
    if (!outcome)
        return refused(outcome);
    if (!isUnfinished(outcome))
        api.traffic.recordSignIn(Outcome::Succeeded, call.now);
    return outcomeResponse(201, *outcome, delivery, true, api, call);
}

Result<ApiResponse> loginEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields, isForm(call));
    const Credentials given = credentialsFrom(fields, call);
    const Delivery delivery = deliveryOf(fields, api.options);
    const SignInBaggage baggage {.former = formerOf(api, call, fields), .device = api.cookies.deviceOf(call)};
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const auto outcome = api.throttle.guard(given.email, triedFrom(api, call), call.now,
                                            [&] { return api.signIn.byPassword(given, call.client, call.now, baggage); });
    if (!isUnfinished(outcome)) // the second step will tell what came of it
        api.traffic.recordSignIn(outcomeOf(outcome), call.now);
    if (!outcome)
        return refused(outcome);
    return outcomeResponse(200, *outcome, delivery, false, api, call);
}

Result<ApiResponse> refreshEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const PresentedToken refresh = presentedToken(call, fields, api.cookies);
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
    const PresentedToken refresh = presentedToken(call, fields, api.cookies);
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
