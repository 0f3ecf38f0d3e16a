#include "core/api/endpoints/OAuthRedirects.h"

#include "core/api/endpoints/Delivery.h"
#include "core/api/endpoints/Metadata.h"
#include "core/federation/Authorization.h"
#include "core/telemetry/Log.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestRedirect = 2000;

bool isOwnPath(const QString &path)
{
    const bool isPath = path.startsWith(u'/') && !path.startsWith("//"_L1) && !path.contains(u'\\');
    return isPath && path.size() <= longestRedirect && std::ranges::all_of(path, [](QChar c) { return c > u' ' && c <= u'~'; });
}

/// The cookies of what an app would get in a body or by cookie.
void takeCookies(ApiResponse &to, const ApiResponse &from)
{
    for (const QByteArrayView cookie : from.headers.values(QHttpHeaders::WellKnownHeader::SetCookie))
        to.headers.append(QHttpHeaders::WellKnownHeader::SetCookie, cookie);
}

ApiResponse loginPage(const ApiContext &api, ErrorCode code, const QString &redirectTo)
{
    QList<std::pair<QByteArray, QString>> pairs {{"error", nameOf(code)}};
    if (!redirectTo.isEmpty() && redirectTo != "/"_L1)
        pairs.emplaceBack("redirect_to", redirectTo);
    return ApiResponse::redirect(303, api.options.frontend.toUtf8() + "/login?" + formOf(pairs));
}

} // namespace

QString redirectFrom(Fields &fields)
{
    const QString given = fields.optional("redirect_to"_L1).value_or(QString());
    if (given.isEmpty() || isOwnPath(given))
        return given.isEmpty() ? u"/"_s : given;
    fields.add({valueFault(u"redirect_to"_s, FaultReason::RedirectForeign)});
    return {};
}

QString ownCallback(const ApiContext &api, const QString &provider)
{
    const QString url = publicUrlOf(api.options);
    return url.isEmpty() ? url : url + u"/oauth/callback/"_s + provider;
}

Result<void> checkFrontend(const ApiContext &api)
{
    return api.options.frontend.isEmpty() ? refused(ErrorCode::NotConfigured, u"no oauth.frontend, and no http.allowed_origins"_s)
                                          : Result<void>();
}

ApiResponse toLogin(const ApiContext &api, const Error &error, const QString &redirectTo)
{
    const auto level = statusOf(error.code) >= 500 ? LogLevel::Warning : LogLevel::Info; // the request's own line says 303 and no reason
    log(level, "oauth_refused"_L1, {{"code"_L1, nameOf(error.code)}, {"why"_L1, error.detail}});
    return loginPage(api, error.code, redirectTo);
}

ApiResponse toFrontend(const ApiContext &api, const Call &call, const FederatedOutcome &outcome)
{
    const QString &redirectTo = outcome.wishes.redirectTo;
    const bool isUnfinished = outcome.signIn && std::holds_alternative<FactorNeeded>(*outcome.signIn);
    ApiResponse response = isUnfinished ? loginPage(api, ErrorCode::MfaRequired, redirectTo)
                                        : ApiResponse::redirect(303, (api.options.frontend + redirectTo).toUtf8());
    if (outcome.signIn)
        takeCookies(response, outcomeResponse(200, *outcome.signIn, Delivery::Cookie, false, api, call));
    api.cookies.clearAttemptOn(response);
    return response;
}

} // namespace warder
