#include "core/api/endpoints/MailLinks.h"

#include "core/api/body/Fields.h"
#include "core/api/endpoints/Delivery.h"
#include "core/api/endpoints/UserJson.h"
#include "core/signin/EmailChange.h"
#include "core/signin/EmailVerification.h"
#include "core/signin/LoginThrottle.h"
#include "core/signin/PasswordReset.h"
#include "core/signin/SignInReports.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto toAccepted = [] { return ApiResponse::accepted(); };
constexpr auto toNothing = [] { return ApiResponse::noContent(); };

/// The one text that a body must have.
Result<QString> only(const Call &call, QLatin1StringView name)
{
    Fields fields(call.fields);
    const QString text = fields.required(name);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    return text;
}

} // namespace

Result<ApiResponse> requestVerificationEndpoint(const ApiContext &api, const Call &call)
{
    return only(call, "email"_L1)
        .and_then([&](const QString &email) { return api.emailVerification.ask(email, call.client, call.now); })
        .transform(toAccepted);
}

Result<ApiResponse> verifyEndpoint(const ApiContext &api, const Call &call)
{
    return only(call, "token"_L1)
        .and_then([&](const QString &token) { return api.emailVerification.confirm(token.toLatin1(), call.now); })
        .transform([](const User &user) { return ApiResponse::json(200, toJson(user)); });
}

Result<ApiResponse> forgotPasswordEndpoint(const ApiContext &api, const Call &call)
{
    return only(call, "email"_L1)
        .and_then([&](const QString &email) { return api.passwordReset.ask(email, call.client, call.now); })
        .transform(toAccepted);
}

Result<ApiResponse> resetPasswordEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const QString token = fields.required("token"_L1);
    const QString password = fields.required("password"_L1);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    return api.passwordReset.finish(token.toLatin1(), password, call.client, call.now).transform([&](const PasswordSet &set) {
        if (set.wasByMail)
            api.throttle.noteProven(set.owner.email, triedFrom(api, call), call.now);
        return ApiResponse::noContent();
    });
}

Result<ApiResponse> changeEmailEndpoint(const ApiContext &api, const Call &call)
{
    return only(call, "email"_L1)
        .and_then([&](const QString &email) {
            const auto &who = call.principal();
            return api.emailChange.begin(who.userId, who.sessionId, email, call.client, call.now);
        })
        .transform(toAccepted);
}

Result<ApiResponse> confirmEmailChangeEndpoint(const ApiContext &api, const Call &call)
{
    return only(call, "token"_L1)
        .and_then([&](const QString &token) { return api.emailChange.confirm(token.toLatin1(), call.now); })
        .transform([](const EmailChangeState &state) {
            QJsonObject body {{u"changed"_s, state.isDone}};
            if (!state.isDone)
                body.insert("waiting_for"_L1, state.waitingFor);
            return ApiResponse::json(200, body);
        });
}

Result<ApiResponse> reportSignInEndpoint(const ApiContext &api, const Call &call)
{
    return only(call, "token"_L1)
        .and_then([&](const QString &token) { return api.signInReports.report(token.toLatin1(), call.client, call.now); })
        .transform(toNothing);
}

} // namespace warder
