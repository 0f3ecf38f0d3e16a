#include "core/api/endpoints/OAuth.h"

#include "core/api/endpoints/Delivery.h"
#include "core/api/endpoints/OAuthRedirects.h"
#include "core/api/endpoints/Proofs.h"
#include "core/api/filters/SessionCallers.h"
#include "core/federation/Authorization.h"
#include "core/federation/Providers.h"
#include "core/signin/FederatedSignIn.h"
#include "core/signin/LoginThrottle.h"
#include "core/telemetry/TrafficStatistics.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestQuery = 6 * 1024; ///< Of a request line that any server takes.

/// What a provider sends along a browser, whichever way that comes here.
FederatedReturn returnFrom(const Call &call, Fields &fields)
{
    FederatedReturn given {.provider = call.inPath("provider")};
    given.response.code = fields.text(oauth_fields::code()).value_or(QString());
    given.state = fields.text(oauth_fields::state()).value_or(QString()).toUtf8();
    given.response.issuer = fields.text(oauth_fields::issuer());
    given.response.error = fields.text(oauth_fields::error()).value_or(QString());
    given.response.user = fields.text(oauth_fields::user()).value_or(QString());
    return given;
}

/// Of a browser: how its sign-in ended is known, unless a second factor is still to come. Whom a provider signs in is the owner.
void noteSignIn(const ApiContext &api, const Call &call, const Result<FederatedOutcome> &outcome)
{
    if (outcome && (!outcome->signIn || std::holds_alternative<FactorNeeded>(*outcome->signIn)))
        return;
    api.traffic.recordSignIn(outcomeOf(outcome), call.now);
    if (outcome)
        api.throttle.noteProven(std::get<SignedIn>(*outcome->signIn).tokens.user.email, triedFrom(api, call), call.now);
}

QJsonObject membersOf(const FederatedOutcome &outcome)
{
    QJsonObject members {{u"redirect_to"_s, outcome.wishes.redirectTo}};
    if (std::holds_alternative<SignedIn>(*outcome.signIn))
        members.insert("created"_L1, outcome.isNew);
    return members;
}

FieldDoc ofProvider(const QString &name, int longest, bool isRequired = false)
{
    return {.name = name, .required = isRequired, .text = u"As the provider sent it."_s, .maxLength = longest};
}

} // namespace

const FieldDoc &oauth_fields::link()
{
    static const FieldDoc field {.name = u"link"_s,
                                 .type = FieldType::Boolean,
                                 .required = false,
                                 .text = u"Adds the account there to that of the session, which must be fresh, in place of signing in."_s};
    return field;
}

const FieldDoc &oauth_fields::code()
{
    static const FieldDoc field = ofProvider(u"code"_s, int(AuthorizationResponse::longestCode));
    return field;
}

const FieldDoc &oauth_fields::state()
{
    static const FieldDoc field = ofProvider(u"state"_s, 100, true);
    return field;
}

const FieldDoc &oauth_fields::issuer()
{
    static const FieldDoc field = ofProvider(u"iss"_s, 512);
    return field;
}

const FieldDoc &oauth_fields::error()
{
    static const FieldDoc field = ofProvider(u"error"_s, 100);
    return field;
}

const FieldDoc &oauth_fields::user()
{
    static const FieldDoc field = ofProvider(u"user"_s, 2048);
    return field;
}

Result<ApiResponse> providersEndpoint(const ApiContext &api, const Call &)
{
    return api.providers.all().transform([](const QList<Provider> &all) {
        QJsonArray list;
        for (const Provider &each : all) {
            if (each.isEnabled)
                list += QJsonObject {{u"name"_s, each.name}, {u"label"_s, each.label}};
        }
        return ApiResponse::json(200, {{u"providers"_s, list}});
    });
}

Result<ApiResponse> startOAuthEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    FederatedStart wanted {.provider = call.inPath("provider")};
    wanted.callback = fields.optional("callback"_L1).value_or(QString());
    wanted.redirectTo = redirectFrom(fields);
    const bool isLink = fields.boolean(oauth_fields::link()).value_or(false);
    const Delivery delivery = deliveryOf(fields, api.options);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    if (isLink) {
        const auto principal = recentCallerOf(api, call);
        if (!principal)
            return refused(principal);
        wanted.link = *principal;
    }
    wanted.byCookie = delivery == Delivery::Cookie;
    if (wanted.byCookie)
        wanted.browser = api.cookies.attemptOf(call); // several tabs may be under way
    return api.federatedSignIn.start(wanted, call.now).transform([&](const StartedSignIn &started) {
        QJsonObject body {{u"authorization_url"_s, QString::fromLatin1(started.authorizationUrl)},
                          {u"expires_in"_s, qint64(started.life.count())}};
        if (!wanted.byCookie)
            body.insert("attempt"_L1, QString::fromLatin1(started.browser));
        ApiResponse response = ApiResponse::json(200, body);
        if (wanted.byCookie)
            api.cookies.setAttemptOn(response, started.browser, started.life);
        return response;
    });
}

Result<ApiResponse> finishOAuthEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    FederatedReturn given = returnFrom(call, fields);
    const auto attempt = filled(fields, "attempt"_L1);
    given.browser = attempt ? attempt->toUtf8() : api.cookies.attemptOf(call);
    const SignInBaggage baggage {.former = formerOf(api, call, fields), .device = api.cookies.deviceOf(call)};
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const auto outcome = api.federatedSignIn.finish(given, call.client, baggage, call.now);
    noteSignIn(api, call, outcome);
    if (!outcome)
        return refused(outcome);
    const Delivery delivery = outcome->wishes.byCookie ? Delivery::Cookie : Delivery::Body;
    ApiResponse response = outcome->signIn ? outcomeResponse(200, *outcome->signIn, delivery, false, api, call, membersOf(*outcome))
                                           : ApiResponse::noContent();
    if (outcome->wishes.byCookie)
        api.cookies.clearAttemptOn(response);
    return response;
}

Result<ApiResponse> authorizeEndpoint(const ApiContext &api, const Call &call)
{
    if (const auto there = checkFrontend(api); !there)
        return refused(there);
    Fields fields = Fields::ofQuery(call.query);
    FederatedStart wanted {.provider = call.inPath("provider"), .byCookie = true, .browser = api.cookies.attemptOf(call)};
    wanted.redirectTo = redirectFrom(fields);
    wanted.callback = ownCallback(api, wanted.provider);
    if (const auto error = fields.refusal())
        return toLogin(api, *error, {});
    const auto started = wanted.callback.isEmpty() ? Result<StartedSignIn>(refused(ErrorCode::NotConfigured, u"tokens.issuer is no URL"_s))
                                                   : api.federatedSignIn.start(wanted, call.now);
    if (!started && started.error().code == ErrorCode::InvalidInput)
        return toLogin(api, {.code = ErrorCode::NotConfigured, .detail = u"%1 is none of its callbacks"_s.arg(wanted.callback)},
                       wanted.redirectTo);
    if (!started)
        return toLogin(api, started.error(), wanted.redirectTo);
    ApiResponse response = ApiResponse::redirect(302, started->authorizationUrl);
    api.cookies.setAttemptOn(response, started->browser, started->life);
    return response;
}

Result<ApiResponse> callbackEndpoint(const ApiContext &api, const Call &call)
{
    if (const auto there = checkFrontend(api); !there)
        return refused(there);
    Fields fields = Fields::ofQuery(call.query);
    FederatedReturn given = returnFrom(call, fields);
    given.browser = api.cookies.attemptOf(call);
    if (const auto error = fields.refusal())
        return toLogin(api, {.code = ErrorCode::InvalidLink, .detail = error->detail}, {});
    const auto wishes = api.federatedSignIn.wishesOf(given, call.now);
    if (!wishes)
        return toLogin(api, wishes.error(), {});
    Fields noBody(call.fields);
    const SignInBaggage baggage {.former = formerOf(api, call, noBody), .device = api.cookies.deviceOf(call)};
    const auto outcome = api.federatedSignIn.finish(given, call.client, baggage, call.now);
    noteSignIn(api, call, outcome);
    if (!outcome)
        return toLogin(api, outcome.error(), wishes->redirectTo);
    return toFrontend(api, call, *outcome);
}

/// The cookie that binds the browser is Lax: it does not come along with a form of another site, but with the GET that follows (303).
/// Nothing is changed here, so whoever posts it may be anybody.
Result<ApiResponse> postedCallbackEndpoint(const ApiContext &api, const Call &call)
{
    if (const auto there = checkFrontend(api); !there)
        return refused(there);
    QList<std::pair<QByteArray, QString>> pairs;
    for (const FieldDoc &field :
         {oauth_fields::code(), oauth_fields::state(), oauth_fields::issuer(), oauth_fields::error(), oauth_fields::user()}) {
        if (const QString value = call.fields.value(field.name).toString(); !value.isEmpty())
            pairs.emplaceBack(field.name.toLatin1(), value);
    }
    const QByteArray query = formOf(pairs);
    if (query.size() > longestQuery)
        return toLogin(api, {.code = ErrorCode::InvalidLink, .detail = u"more was posted than a browser could ask for again"_s}, {});
    return ApiResponse::redirect(303, api.options.basePath + call.path + '?' + query);
}

} // namespace warder
