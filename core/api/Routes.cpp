#include "core/api/Routes.h"

#include "core/accounts/AccountFaults.h"
#include "core/api/OpenApi.h"
#include "core/api/endpoints/Me.h"
#include "core/api/endpoints/Metadata.h"
#include "core/api/endpoints/SignIn.h"
#include "core/api/endpoints/System.h"
#include "core/credentials/PasswordFaults.h"
#include "core/credentials/Passwords.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr auto Get = HttpMethod::Get;
constexpr auto Post = HttpMethod::Post;
constexpr auto Patch = HttpMethod::Patch;
constexpr auto Delete = HttpMethod::Delete;

const FieldDoc email {.name = u"email"_s, .type = FieldType::Email};
const FieldDoc password {.name = u"password"_s, .type = FieldType::Password};
const FieldDoc name {.name = u"name"_s, .required = false, .maxLength = longestName};
const FieldDoc delivery {
    .name = u"token_delivery"_s, .required = false, .text = u"In the body, or as HttpOnly cookies."_s, .choices = {u"body"_s, u"cookie"_s}};
const FieldDoc csrfToken {.name = u"csrf_token"_s, .required = false, .text = u"In place of X-CSRF-Token, for a beacon."_s};
const FieldDoc formerToken {
    .name = u"refresh_token"_s, .required = false, .text = u"Of a session that this one takes the place of; it ends. Or the cookies."_s};
const FieldDoc refreshToken {.name = u"refresh_token"_s, .required = false, .text = u"Or the refresh cookie."_s};

/// The context is the pipeline's, which outlives its routes.
Handler on(const ApiContext &api, Endpoint &endpoint)
{
    return [&api, &endpoint](const Call &call) { return endpoint(api, call); };
}

/// The rules for a new one; what was set under other rules still signs in.
FieldDoc newPassword(const QString &field, const PasswordPolicy &policy)
{
    return {.name = field,
            .type = FieldType::Password,
            .text = u"At most %1 bytes, and not easy to guess."_s.arg(longestPassword),
            .minLength = policy.minLength,
            .maxLength = longestPassword};
}

QList<Route> signInRoutes(const ApiContext &a)
{
    const Handler login = on(a, loginEndpoint);
    const QList<FieldDoc> credentials {email, password, delivery, formerToken};
    FieldDoc newEmail = email;
    newEmail.maxLength = longestEmail;
    // clang-format off: what decides about a request stands in one line
    return {
        {Post, "/register", Access::Anyone, Lane::Hashing, Body::Json, Csrf::Origin, u"register"_s, on(a, registerEndpoint),
         {.operation = u"register"_s, .summary = u"Create an account and sign in"_s, .tag = u"Sign in"_s,
          .fields = {newEmail, newPassword(u"password"_s, a.passwords.policy()), name, delivery, formerToken},
          .answer = u"TokenPair"_s, .success = 201, .refusals = {409}}},
        {Post, "/login", Access::Anyone, Lane::Hashing, Body::JsonOrForm, Csrf::Origin, u"login"_s, login,
         {.operation = u"login"_s, .summary = u"Sign in"_s, .tag = u"Sign in"_s, .fields = credentials, .answer = u"TokenPair"_s,
          .refusals = {401}}},
        {Post, "/token", Access::Anyone, Lane::Hashing, Body::JsonOrForm, Csrf::Origin, u"login"_s, login,
         {.operation = u"token"_s, .summary = u"Sign in (OAuth2 password form)"_s, .tag = u"Sign in"_s, .fields = credentials,
          .answer = u"TokenPair"_s, .refusals = {401}}},
        {Post, "/login/access-token", Access::Anyone, Lane::Hashing, Body::JsonOrForm, Csrf::Origin, u"login"_s, login,
         {.operation = u"loginAccessToken"_s, .summary = u"Sign in, where FastAPI's template has it"_s, .tag = u"Sign in"_s,
          .fields = credentials, .answer = u"TokenPair"_s, .refusals = {401}}},
        {Post, "/refresh", Access::Anyone, Lane::Light, Body::Optional, Csrf::Origin, u"refresh"_s, on(a, refreshEndpoint),
         {.operation = u"refresh"_s, .summary = u"Exchange the refresh token"_s, .tag = u"Sign in"_s, .fields = {refreshToken, delivery},
          .answer = u"TokenPair"_s, .refusals = {401}}},
        {Post, "/logout", Access::Anyone, Lane::Light, Body::Beacon, Csrf::Token, u"account"_s, on(a, logoutEndpoint),
         {.operation = u"logout"_s, .summary = u"End this session"_s, .tag = u"Sign in"_s, .fields = {refreshToken, csrfToken},
          .success = 204}},
        {Post, "/logout/all", Access::Session, Lane::Light, Body::None, Csrf::Token, u"account"_s, on(a, logoutAllEndpoint),
         {.operation = u"logoutAll"_s, .summary = u"End every session of the user"_s, .tag = u"Sign in"_s, .success = 204}},
        {Get, "/session", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, sessionEndpoint),
         {.operation = u"session"_s, .summary = u"Is somebody signed in?"_s, .tag = u"Sign in"_s, .answer = u"SessionState"_s}},
    };
    // clang-format on
}

QList<Route> accountRoutes(const ApiContext &a)
{
    const FieldDoc current {.name = u"current_password"_s, .type = FieldType::Password};
    const FieldDoc next = newPassword(u"new_password"_s, a.passwords.policy());
    const RouteDoc me {.operation = u"me"_s, .summary = u"Who am I"_s, .tag = u"Account"_s, .answer = u"Me"_s};
    RouteDoc alias = me;
    alias.operation = u"usersMe"_s;
    // clang-format off: what decides about a request stands in one line
    return {
        {Get, "/me", Access::Account, Lane::Inline, Body::None, Csrf::None, {}, on(a, meEndpoint), me},
        {Get, "/users/me", Access::Account, Lane::Inline, Body::None, Csrf::None, {}, on(a, meEndpoint), alias},
        {Get, "/users/me/", Access::Account, Lane::Inline, Body::None, Csrf::None, {}, on(a, meEndpoint), {}}, // as FastAPI spells it
        {Patch, "/me", Access::Session, Lane::Light, Body::Json, Csrf::Token, u"account"_s, on(a, renameMeEndpoint),
         {.operation = u"updateMe"_s, .summary = u"Change my name"_s, .tag = u"Account"_s, .fields = {name}, .answer = u"Me"_s, .isStrict = true}},
        {Delete, "/me", Access::Session, Lane::Hashing, Body::Json, Csrf::Token, u"login"_s, on(a, removeMeEndpoint),
         {.operation = u"deleteMe"_s, .summary = u"Delete my account"_s, .tag = u"Account"_s, .fields = {password}, .success = 204}},
        {Post, "/me/password", Access::Session, Lane::Hashing, Body::Json, Csrf::Token, u"login"_s, on(a, changePasswordEndpoint),
         {.operation = u"changePassword"_s, .summary = u"Change my password; other sessions end"_s, .tag = u"Account"_s,
          .fields = {current, next}, .success = 204}},
        {Get, "/me/sessions", Access::Session, Lane::Light, Body::None, Csrf::None, u"account"_s, on(a, mySessionsEndpoint),
         {.operation = u"mySessions"_s, .summary = u"Where I am signed in"_s, .tag = u"Account"_s, .answer = u"SessionList"_s}},
        {Delete, "/me/sessions/{id}", Access::Session, Lane::Light, Body::None, Csrf::Token, u"account"_s, on(a, endMySessionEndpoint),
         {.operation = u"endMySession"_s, .summary = u"End one of my sessions"_s, .tag = u"Account"_s, .success = 204,
          .refusals = {404}}},
    };
    // clang-format on
}

QList<Route> systemRoutes(const ApiContext &a)
{
    // clang-format off: what decides about a request stands in one line
    return {
        {Get, "/", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, aboutEndpoint),
         {.operation = u"about"_s, .summary = u"What this is, and where it is described"_s, .tag = u"System"_s, .answer = u"About"_s}},
        {Get, "/favicon.ico", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, iconEndpoint), {}, "public, max-age=86400"},
        {Get, "/.well-known/jwks.json", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, jwksEndpoint),
         {.operation = u"jwks"_s, .summary = u"Public keys that verify access tokens"_s, .tag = u"System"_s, .answer = u"Jwks"_s},
         "public, max-age=300"},
        {Get, "/health/live", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, liveEndpoint),
         {.operation = u"live"_s, .summary = u"The process runs"_s, .tag = u"System"_s, .answer = u"Health"_s}},
        {Get, "/health/ready", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, readyEndpoint),
         {.operation = u"ready"_s, .summary = u"Requests can be served"_s, .tag = u"System"_s, .answer = u"Health"_s, .refusals = {503}}},
        {Get, "/metrics", Access::Anyone, Lane::Light, Body::None, Csrf::None, {}, on(a, metricsEndpoint),
         {.operation = u"metrics"_s, .summary = u"Numbers for Prometheus: from this machine, or with metrics.token"_s, .tag = u"System"_s,
          .answer = u"text"_s, .refusals = {401}}},
    };
    // clang-format on
}

/// RFC 8414, which lets the second path speak of any authorization server. Without a URL as issuer there is nothing to tell.
QList<Route> metadataRoutes(const ApiContext &a)
{
    if (publicUrlOf(a.options).isEmpty())
        return {};
    const RouteDoc doc {.operation = u"metadata"_s,
                        .summary = u"What a framework asks of an issuer (RFC 8414)"_s,
                        .tag = u"System"_s,
                        .answer = u"ServerMetadata"_s};
    RouteDoc alias = doc;
    alias.operation = u"openidConfiguration"_s;
    const Handler metadata = on(a, metadataEndpoint);
    // clang-format off: what decides about a request stands in one line
    return {{Get, "/.well-known/oauth-authorization-server", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, metadata, doc,
             "public, max-age=300"},
            {Get, "/.well-known/openid-configuration", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, metadata, alias,
             "public, max-age=300"}};
    // clang-format on
}

QList<Route> docsRoutes(const ApiContext &a, const QByteArray &description)
{
    const Handler tellDescription = [description](const Call &) { return ApiResponse::bytes("application/json", description); };
    // clang-format off: what decides about a request stands in one line
    return {{Get, "/docs", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, docsEndpoint), {}, "public, max-age=3600"},
            {Get, "/docs/{file}", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, docsFileEndpoint), {}, "public, max-age=3600"},
            {Get, "/openapi.json", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, tellDescription, {},
             "public, max-age=300"}};
    // clang-format on
}

} // namespace

QList<Route> publicRoutes(const ApiContext &api)
{
    QList<Route> routes = signInRoutes(api) + accountRoutes(api) + systemRoutes(api) + metadataRoutes(api);
    if (api.options.docs)
        routes += docsRoutes(api, openApiDescription(routes, api.options, api.cookies));
    return routes;
}

QHash<QString, QStringList> limitedRoutes(const QList<Route> &routes)
{
    QHash<QString, QStringList> limited;
    for (const Route &route : routes) {
        if (!route.limit.isEmpty())
            limited[route.limit] += u"%1 %2"_s.arg(QLatin1StringView(nameOf(route.method)), QLatin1StringView(route.path));
    }
    return limited;
}

} // namespace warder
