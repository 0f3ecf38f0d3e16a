#include "core/api/endpoints/Me.h"

#include "core/accounts/Accounts.h"
#include "core/api/body/Fields.h"
#include "core/api/endpoints/Delivery.h"
#include "core/api/endpoints/Owner.h"
#include "core/api/endpoints/UserJson.h"
#include "core/api/filters/Authorization.h"
#include "core/api/filters/CsrfFilter.h"
#include "core/api/filters/SessionCallers.h"
#include "core/sessions/Authenticator.h"
#include "core/sessions/Sessions.h"
#include "core/signin/AccountChanges.h"
#include "core/signin/LoginThrottle.h"
#include "core/tokens/RefreshTokens.h"
#include "core/tokens/VerifiedTokens.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// `session`: nothing of a former backend's token, which has none.
QJsonObject meJson(const User &user, std::optional<Id> session)
{
    QJsonObject object = toJson(user);
    object.insert("mfa_enabled"_L1, user.hasSecondFactor);
    object.insert("has_password"_L1, !user.passwordScheme.isEmpty());
    if (session)
        object.insert("session_id"_L1, session->toString());
    return object;
}

/// With the CSRF token of the live session whose cookies came along, which may be one that can only refresh.
Result<ApiResponse> withCsrf(const ApiContext &api, const Call &call, QJsonObject answer)
{
    const auto carrying = cookieSessionOf(call, api);
    const auto live = carrying ? api.sessions.findLive(*carrying, call.now) : Result<std::optional<Session>>();
    if (!live)
        return refused(live);
    if (!*live)
        return ApiResponse::json(200, answer);
    const QByteArray token = api.cookies.csrfFor(call, **live);
    answer.insert("csrf_token"_L1, QString::fromLatin1(token));
    ApiResponse response = ApiResponse::json(200, answer);
    if (token != call.cookies.value(api.cookies.csrfName()))
        api.cookies.setCsrfOn(response, **live, token, call.now);
    return response;
}

} // namespace

Result<ApiResponse> meEndpoint(const ApiContext &api, const Call &call)
{
    if (const auto *former = std::get_if<FormerCaller>(&call.caller))
        return api.accounts.findById(former->userId).transform([](const User &user) {
            return ApiResponse::json(200, meJson(user, std::nullopt));
        });
    return ownerOf(api, call.principal()).transform([&call](const User &user) {
        return ApiResponse::json(200, meJson(user, call.principal().sessionId));
    });
}

Result<ApiResponse> renameMeEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const auto name = fields.optional("name"_L1);
    fields.refuseOthers(); // or an e-mail address would seem to be changed
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    if (const auto user = ownerOf(api, call.principal()); !user)
        return refused(user);
    const auto user =
        name ? api.accounts.edit(call.principal().userId, {.name = name}, u"user"_s, call.now) : ownerOf(api, call.principal());
    if (!user)
        return refused(user);
    return ApiResponse::json(200, meJson(*user, call.principal().sessionId));
}

Result<ApiResponse> removeMeEndpoint(const ApiContext &api, const Call &call)
{
    const auto user = ownerOf(api, call.principal());
    if (!user)
        return refused(user);
    if (user->passwordScheme.isEmpty()) // a fresh proof stands for it
        return recentCallerOf(api, call)
            .and_then([&](const Principal &) { return api.changes.remove(user->id, u"user"_s, call.now); })
            .transform([&] { return signedOut(api.cookies, call); });
    Fields fields(call.fields);
    const QString password = fields.required("password"_L1);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const auto removed = api.throttle.guard(user->email, triedFrom(api, call), call.now,
                                            [&] { return api.changes.removeOwn(user->id, password, call.now); });
    if (!removed)
        return std::unexpected(ofField(removed.error(), u"password"_s));
    return signedOut(api.cookies, call);
}

Result<ApiResponse> changePasswordEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const QString current = fields.required("current_password"_L1);
    const QString next = fields.required("new_password"_L1);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const auto user = ownerOf(api, call.principal());
    if (!user)
        return refused(user);
    const auto changed = api.throttle.guard(user->email, triedFrom(api, call), call.now, [&] {
        return api.changes.changePassword(user->id, current, next, call.principal().sessionId, call.now);
    });
    if (!changed)
        return std::unexpected(ofField(changed.error(), u"current_password"_s));
    return ApiResponse::noContent();
}

Result<ApiResponse> mySessionsEndpoint(const ApiContext &api, const Call &call)
{
    const auto sessions = api.sessions.findByUser(call.principal().userId, call.now, call.principal().sessionId);
    if (!sessions)
        return refused(sessions);
    QJsonArray list;
    for (const Session &session : *sessions)
        list.append(toJson(session, call.principal().sessionId));
    return ApiResponse::json(200, {{u"sessions"_s, list}});
}

Result<ApiResponse> endMySessionEndpoint(const ApiContext &api, const Call &call)
{
    const auto id = Id::fromString(call.inPath("id"));
    const auto live = api.sessions.findLive(id.value_or(Id {}), call.now);
    if (!live)
        return refused(live);
    if (!*live || (*live)->userId != call.principal().userId)
        return refused(ErrorCode::NotFound, u"not a live session of the caller"_s);
    return api.sessions.revokeById({*id}, SessionEnd::User, u"user"_s, call.now).transform([](int) { return ApiResponse::noContent(); });
}

Result<ApiResponse> sessionEndpoint(const ApiContext &api, const Call &call)
{
    QJsonObject answer {{u"authenticated"_s, false}, {u"refreshable"_s, false}};
    if (const auto claim = api.refreshTokens.verify(api.cookies.refreshOf(call), call.now)) {
        const auto live = api.sessions.findLive(claim->session, call.now);
        if (!live)
            return refused(live);
        answer.insert("refreshable"_L1, live->has_value());
    }
    const auto principal = api.authenticator.authenticate(accessTokenOf(call, api.cookies), call.now);
    const auto user = principal.and_then([&api](const Principal &known) { return ownerOf(api, known); });
    if (!user && statusOf(user.error().code) != 401)
        return refused(user); // a fault of ours must not look like a sign-out
    if (!user)
        return withCsrf(api, call, answer);
    answer.insert("authenticated"_L1, true);
    answer.insert("user"_L1, meJson(*user, principal->sessionId));
    answer.insert("expires_at"_L1, toText(principal->expiresAt));
    return withCsrf(api, call, answer);
}

} // namespace warder
