#include "core/api/endpoints/SignIn.h"

#include "core/api/endpoints/Delivery.h"
#include "core/api/filters/AccessToken.h"
#include "core/signin/LoginThrottle.h"
#include "core/signin/Registration.h"
#include "core/signin/SignIn.h"
#include "core/telemetry/TrafficStatistics.h"
#include "core/tokens/RefreshTokens.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

Delivery standard(const HttpOptions &options) { return options.deliverByCookie ? Delivery::Cookie : Delivery::Body; }

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
QList<Id> formerOf(const Services &services, const Call &call, Fields &fields, const Cookies &cookies)
{
    QList<Id> former;
    if (const auto claim = services.refreshTokens.verify(presented(call, fields, cookies).token, call.now))
        former += claim->session;
    if (const auto principal = services.authenticator.authenticate(cookies.accessOf(call), call.now);
        principal && !former.contains(principal->sessionId))
        former += principal->sessionId;
    return former;
}

Outcome outcomeOf(const Result<TokenPair> &pair) { return pair ? Outcome::Succeeded : warder::outcomeOf(statusOf(pair.error().code)); }

/// A definite "this session is over" takes the cookies with it; a limit or a fault of ours never does.
ApiResponse refusedRefresh(const Error &error, bool byCookie, const Cookies &cookies)
{
    ApiResponse reply = ApiResponse::error(error);
    if (byCookie && reply.status == 401)
        cookies.clearOn(reply);
    return reply;
}

} // namespace

Handler registerEndpoint(const Services &services, const HttpOptions &options, const Cookies &cookies)
{
    return [&services, &options, &cookies](const Call &call) -> Result<ApiResponse> {
        Fields fields(call.fields);
        const NewAccount given {.email = fields.required("email"_L1),
                                .password = fields.required("password"_L1),
                                .name = fields.optional("name"_L1).value_or(QString())};
        const Delivery delivery = deliveryOf(fields, standard(options));
        const QList<Id> former = formerOf(services, call, fields, cookies);
        fields.add(services.registration.faultsOf(given));
        if (const auto error = fields.refusal())
            return std::unexpected(*error);
        const auto pair = services.registration.signUp(given, call.client, call.now, former);
        if (!pair)
            return refused(pair);
        services.traffic.recordSignIn(Outcome::Succeeded, call.now);
        return tokenReply(201, *pair, delivery, true, cookies, call.now);
    };
}

Handler loginEndpoint(const Services &services, const HttpOptions &options, const Cookies &cookies)
{
    return [&services, &options, &cookies](const Call &call) -> Result<ApiResponse> {
        Fields fields(call.fields, isForm(call));
        const Credentials given = credentialsFrom(fields, call);
        const Delivery delivery = deliveryOf(fields, standard(options));
        const QList<Id> former = formerOf(services, call, fields, cookies);
        if (const auto error = fields.refusal())
            return std::unexpected(*error);
        const auto pair = services.throttle.guard(given.email, call.client.address, call.now,
                                                  [&] { return services.signIn.byPassword(given, call.client, call.now, former); });
        services.traffic.recordSignIn(outcomeOf(pair), call.now);
        if (!pair)
            return refused(pair);
        return tokenReply(200, *pair, delivery, false, cookies, call.now);
    };
}

Handler refreshEndpoint(const Services &services, const HttpOptions &options, const Cookies &cookies)
{
    return [&services, &options, &cookies](const Call &call) -> Result<ApiResponse> {
        Fields fields(call.fields);
        const Presented refresh = presented(call, fields, cookies);
        const Delivery wished = deliveryOf(fields, standard(options));
        if (const auto error = fields.refusal())
            return std::unexpected(*error);
        if (refresh.token.isEmpty())
            return refusedRefresh({.code = ErrorCode::NotAuthenticated}, cookies.isCarriedBy(call), cookies);
        const auto pair = services.sessions.refresh(refresh.token, call.client, call.now);
        services.traffic.recordRefresh(outcomeOf(pair), call.now);
        if (!pair && pair.error().code == ErrorCode::InvalidToken)
            return refusedRefresh(pair.error(), refresh.byCookie, cookies);
        if (!pair)
            return refused(pair);
        return tokenReply(200, *pair, refresh.byCookie ? Delivery::Cookie : wished, false, cookies, call.now);
    };
}

Handler logoutEndpoint(const Services &services, const Cookies &cookies)
{
    return [&services, &cookies](const Call &call) -> Result<ApiResponse> {
        Fields fields(call.fields);
        const Presented refresh = presented(call, fields, cookies);
        (void)fields.optional("csrf_token"_L1);
        if (const auto error = fields.refusal())
            return std::unexpected(*error);
        if (const auto ended = services.sessions.logoutByToken(refresh.token, call.now); !ended)
            return refused(ended);
        if (const auto principal = services.authenticator.authenticate(accessTokenOf(call, cookies), call.now)) {
            const auto ended = services.sessions.revokeById({principal->sessionId}, SessionEnd::Logout, u"user"_s, call.now);
            if (!ended)
                return refused(ended);
        }
        ApiResponse reply = ApiResponse::noContent();
        if (cookies.isCarriedBy(call))
            cookies.clearOn(reply);
        return reply;
    };
}

Handler logoutAllEndpoint(const Services &services, const Cookies &cookies)
{
    return [&services, &cookies](const Call &call) -> Result<ApiResponse> {
        const auto ended = services.sessions.revokeByUser(call.principal().userId, SessionEnd::LogoutAll, u"user"_s, call.now);
        if (!ended)
            return refused(ended);
        ApiResponse reply = ApiResponse::noContent();
        if (cookies.isCarriedBy(call))
            cookies.clearOn(reply);
        return reply;
    };
}

} // namespace warder
