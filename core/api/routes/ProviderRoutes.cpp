#include "core/api/routes/RouteGroups.h"

#include "core/api/endpoints/Identities.h"
#include "core/api/endpoints/OAuth.h"
#include "core/api/routes/RouteParts.h"

using namespace Qt::StringLiterals;

namespace warder::routes {

QList<Route> providers(const ApiContext &a)
{
    const FieldDoc redirectTo {.name = u"redirect_to"_s, .required = false, .text = u"A path of the site, such as /dashboard."_s};
    const FieldDoc callback {.name = u"callback"_s, .required = false, .text = u"One of the provider's; its first if none is said."_s};
    const FieldDoc attempt {.name = u"attempt"_s, .required = false, .text = u"Of the answer to the start. Or its cookie."_s};
    const QList<FieldDoc> brought {oauth_fields::code(), oauth_fields::state(), oauth_fields::issuer(), oauth_fields::error(),
                                   oauth_fields::user()};
    // clang-format off: what decides about a request stands in one line
    return {
        {Get, "/oauth/providers", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, providersEndpoint),
         {.operation = u"oauthProviders"_s, .summary = u"By which other servers people may sign in"_s, .tag = u"Sign in"_s,
          .answer = u"ProviderList"_s, .refusals = {503}}},
        {Post, "/oauth/start/{provider}", Access::Anyone, Lane::Outbound, Body::Optional, Csrf::Origin, u"oauth"_s, on(a, startOAuthEndpoint),
         {.operation = u"oauthStart"_s, .summary = u"Where to send somebody who signs in by a provider"_s, .tag = u"Sign in"_s,
          .fields = {callback, redirectTo, oauth_fields::link(), delivery}, .answer = u"OAuthStart"_s, .refusals = {401, 404, 502}}},
        {Post, "/oauth/finish/{provider}", Access::Anyone, Lane::Outbound, Body::Json, Csrf::Origin, u"oauth"_s, on(a, finishOAuthEndpoint),
         {.operation = u"oauthFinish"_s, .summary = u"What they brought back: signs in, or links (204)"_s, .tag = u"Sign in"_s,
          .fields = brought + QList<FieldDoc> {attempt, formerToken}, .answer = u"TokenPair"_s,
          .refusals = {400, 404, 409, 502}, .empty = {204}}},
        {Get, "/oauth/authorize/{provider}", Access::Anyone, Lane::Outbound, Body::None, Csrf::None, u"oauth"_s, on(a, authorizeEndpoint),
         {.operation = u"oauthAuthorize"_s, .summary = u"Sends a browser to a provider, which reaches this server itself"_s,
          .tag = u"Sign in"_s, .success = 302, .refusals = {404}, .empty = {303}, .query = {redirectTo}}},
        {Get, "/oauth/callback/{provider}", Access::Anyone, Lane::Outbound, Body::None, Csrf::None, u"oauth"_s, on(a, callbackEndpoint),
         {.operation = u"oauthCallback"_s, .summary = u"Where such a browser comes back, and is sent on to the site"_s, .tag = u"Sign in"_s,
          .success = 303, .refusals = {404}, .query = brought}},
        {Post, "/oauth/callback/{provider}", Access::Anyone, Lane::Inline, Body::Form, Csrf::None, u"oauth"_s, on(a, postedCallbackEndpoint),
         {.operation = u"oauthPostedCallback"_s, .summary = u"The same for what a provider makes it post (form_post)"_s, .tag = u"Sign in"_s,
          .fields = brought, .success = 303, .refusals = {404}}},
        {Get, "/me/identities", Access::Session, Lane::Light, Body::None, Csrf::None, u"account"_s, on(a, myIdentitiesEndpoint),
         {.operation = u"myIdentities"_s, .summary = u"My accounts at providers"_s, .tag = u"Account"_s, .answer = u"IdentityList"_s}},
        {Delete, "/me/identities/{id}", Access::Recent, Lane::Light, Body::None, Csrf::Token, u"account"_s, on(a, removeIdentityEndpoint),
         {.operation = u"removeIdentity"_s, .summary = u"Unlink one of them"_s, .tag = u"Account"_s, .success = 204,
          .refusals = {404, 409}}},
    };
    // clang-format on
}

} // namespace warder::routes
