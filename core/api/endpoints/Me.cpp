#include "core/api/endpoints/Me.h"

#include "core/accounts/Accounts.h"
#include "core/api/body/Fields.h"
#include "core/api/endpoints/UserJson.h"
#include "core/api/filters/AccessToken.h"
#include "core/base/Fault.h"
#include "core/sessions/Sessions.h"
#include "core/signin/AccountChanges.h"
#include "core/signin/LoginThrottle.h"
#include "core/tokens/RefreshTokens.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// An account that is gone takes its tokens with it.
Result<User> userOf(const Services &services, const Principal &principal)
{
    auto user = services.accounts.findById(principal.userId);
    if (!user && user.error().code == ErrorCode::NotFound)
        return refused(ErrorCode::InvalidToken, u"the account is gone"_s);
    if (user && user->disabled)
        return refused(ErrorCode::InvalidToken, u"the account is disabled"_s);
    return user;
}

/// 401 would tell a client that its session is over: a wrong password beside a good token is a fault of that field.
Error ofField(const Error &error, const QString &field)
{
    if (error.code != ErrorCode::InvalidCredentials)
        return error;
    return {.code = ErrorCode::InvalidInput, .detail = error.detail, .faults = {valueFault(field, FaultReason::PasswordWrong)}};
}

QJsonObject meJson(const User &user, Id session)
{
    QJsonObject object = toJson(user);
    object.insert("session_id"_L1, session.toString());
    return object;
}

} // namespace

Handler meEndpoint(const Services &services)
{
    return [&services](const Call &call) -> Result<ApiResponse> {
        return userOf(services, call.principal()).transform([&call](const User &user) {
            return ApiResponse::json(200, meJson(user, call.principal().sessionId));
        });
    };
}

Handler renameMeEndpoint(const Services &services)
{
    return [&services](const Call &call) -> Result<ApiResponse> {
        Fields fields(call.fields);
        const auto name = fields.optional("name"_L1);
        fields.refuseOthers(); // or an e-mail address would seem to be changed
        if (const auto error = fields.refusal())
            return std::unexpected(*error);
        if (const auto user = userOf(services, call.principal()); !user)
            return refused(user);
        const auto user = name ? services.accounts.edit(call.principal().userId, {.name = name}, u"user"_s, call.now)
                               : userOf(services, call.principal());
        if (!user)
            return refused(user);
        return ApiResponse::json(200, meJson(*user, call.principal().sessionId));
    };
}

Handler removeMeEndpoint(const Services &services, const Cookies &cookies)
{
    return [&services, &cookies](const Call &call) -> Result<ApiResponse> {
        Fields fields(call.fields);
        const QString password = fields.required("password"_L1);
        if (const auto error = fields.refusal())
            return std::unexpected(*error);
        const auto user = userOf(services, call.principal());
        if (!user)
            return refused(user);
        const auto removed = services.throttle.guard(user->email, call.client.address, call.now,
                                                     [&] { return services.changes.removeOwn(user->id, password, call.now); });
        if (!removed)
            return std::unexpected(ofField(removed.error(), u"password"_s));
        ApiResponse reply = ApiResponse::noContent();
        if (cookies.isCarriedBy(call))
            cookies.clearOn(reply);
        return reply;
    };
}

Handler changePasswordEndpoint(const Services &services)
{
    return [&services](const Call &call) -> Result<ApiResponse> {
        Fields fields(call.fields);
        const QString current = fields.required("current_password"_L1);
        const QString next = fields.required("new_password"_L1);
        if (const auto error = fields.refusal())
            return std::unexpected(*error);
        const auto user = userOf(services, call.principal());
        if (!user)
            return refused(user);
        const auto changed = services.throttle.guard(user->email, call.client.address, call.now, [&] {
            return services.changes.changePassword(user->id, current, next, call.principal().sessionId, call.now);
        });
        if (!changed)
            return std::unexpected(ofField(changed.error(), u"current_password"_s));
        return ApiResponse::noContent();
    };
}

Handler mySessionsEndpoint(const Services &services)
{
    return [&services](const Call &call) -> Result<ApiResponse> {
        const auto sessions = services.sessions.findByUser(call.principal().userId, call.now, call.principal().sessionId);
        if (!sessions)
            return refused(sessions);
        QJsonArray list;
        for (const Session &session : *sessions)
            list.append(toJson(session, call.principal().sessionId));
        return ApiResponse::json(200, {{u"sessions"_s, list}});
    };
}

Handler endMySessionEndpoint(const Services &services)
{
    return [&services](const Call &call) -> Result<ApiResponse> {
        const auto id = Id::fromString(call.inPath("id"));
        const auto live = services.sessions.findLive(id.value_or(Id {}), call.now);
        if (!live)
            return refused(live);
        if (!*live || (*live)->userId != call.principal().userId)
            return refused(ErrorCode::NotFound, u"not a live session of the caller"_s);
        const auto ended = services.sessions.revokeById({*id}, SessionEnd::User, u"user"_s, call.now);
        if (!ended)
            return refused(ended);
        return ApiResponse::noContent();
    };
}

Handler sessionEndpoint(const Services &services, const Cookies &cookies)
{
    return [&services, &cookies](const Call &call) -> Result<ApiResponse> {
        QJsonObject answer {{u"authenticated"_s, false}, {u"refreshable"_s, false}};
        if (const auto claim = services.refreshTokens.verify(cookies.refreshOf(call), call.now)) {
            const auto live = services.sessions.findLive(claim->session, call.now);
            if (!live)
                return refused(live);
            answer.insert("refreshable"_L1, live->has_value());
        }
        const auto principal = services.authenticator.authenticate(accessTokenOf(call, cookies), call.now);
        const auto user = principal.and_then([&services](const Principal &known) { return userOf(services, known); });
        if (!user && statusOf(user.error().code) != 401)
            return refused(user); // a fault of ours must not look like a sign-out
        if (!user)
            return ApiResponse::json(200, answer);
        answer.insert("authenticated"_L1, true);
        answer.insert("user"_L1, meJson(*user, principal->sessionId));
        answer.insert("expires_at"_L1, toText(principal->expiresAt));
        if (cookies.isCarriedBy(call))
            answer.insert("csrf_token"_L1, QString::fromLatin1(services.refreshTokens.issueCsrf(principal->sessionId)));
        return ApiResponse::json(200, answer);
    };
}

} // namespace warder
