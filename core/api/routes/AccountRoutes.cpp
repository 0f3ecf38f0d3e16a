#include "core/api/routes/RouteGroups.h"

#include "core/api/endpoints/Me.h"
#include "core/api/endpoints/MyFactors.h"
#include "core/api/endpoints/Passkeys.h"
#include "core/api/endpoints/Screenings.h"
#include "core/api/routes/RouteParts.h"
#include "core/credentials/Passwords.h"

using namespace Qt::StringLiterals;

namespace warder::routes {

QList<Route> account(const ApiContext &a)
{
    const FieldDoc current {.name = u"current_password"_s, .type = FieldType::Password};
    const FieldDoc next = newPassword(u"new_password"_s, a.passwords.policy());
    const FieldDoc ownPassword {.name = u"password"_s,
                                .type = FieldType::Password,
                                .required = false,
                                .text = u"Of an account that has one; else a fresh proof stands for it."_s};
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
         {.operation = u"deleteMe"_s, .summary = u"Delete my account"_s, .tag = u"Account"_s, .fields = {ownPassword}, .success = 204}},
        {Post, "/me/password", Access::Session, Lane::Hashing, Body::Json, Csrf::Token, u"login"_s, on(a, changePasswordEndpoint),
         {.operation = u"changePassword"_s, .summary = u"Change my password; other sessions end"_s, .tag = u"Account"_s,
          .fields = {current, next}, .success = 204},
         "no-store", breachesOf(a, screenPasswordChange)},
        {Get, "/me/sessions", Access::Session, Lane::Light, Body::None, Csrf::None, u"account"_s, on(a, mySessionsEndpoint),
         {.operation = u"mySessions"_s, .summary = u"Where I am signed in"_s, .tag = u"Account"_s, .answer = u"SessionList"_s}},
        {Delete, "/me/sessions/{id}", Access::Session, Lane::Light, Body::None, Csrf::Token, u"account"_s, on(a, endMySessionEndpoint),
         {.operation = u"endMySession"_s, .summary = u"End one of my sessions"_s, .tag = u"Account"_s, .success = 204,
          .refusals = {404}}},
    };
    // clang-format on
}

QList<Route> factors(const ApiContext &a)
{
    // clang-format off: what decides about a request stands in one line
    return {
        {Get, "/me/mfa", Access::Session, Lane::Light, Body::None, Csrf::None, u"account"_s, on(a, myFactorsEndpoint),
         {.operation = u"myMfa"_s, .summary = u"My second factors"_s, .tag = u"Account"_s, .answer = u"Mfa"_s}},
        {Post, "/me/mfa/totp", Access::Recent, Lane::Light, Body::Optional, Csrf::Token, u"account"_s, on(a, beginTotpEndpoint),
         {.operation = u"beginTotp"_s, .summary = u"Begin to set up an authenticator app"_s, .tag = u"Account"_s, .fields = {name},
          .answer = u"NewTotp"_s, .success = 201, .refusals = {409}}},
        {Post, "/me/mfa/totp/confirm", Access::Session, Lane::Light, Body::Json, Csrf::Token, u"mfa"_s, on(a, confirmTotpEndpoint),
         {.operation = u"confirmTotp"_s, .summary = u"Set it up by its first code; other sessions end"_s, .tag = u"Account"_s,
          .fields = {factorId, code}, .answer = u"RecoveryCodes"_s, .refusals = {404}}},
        {Delete, "/me/mfa/totp/{id}", Access::Recent, Lane::Light, Body::None, Csrf::Token, u"account"_s, on(a, removeTotpEndpoint),
         {.operation = u"removeTotp"_s, .summary = u"Remove an authenticator app"_s, .tag = u"Account"_s, .success = 204,
          .refusals = {404, 409}}},
        {Post, "/me/mfa/recovery-codes", Access::Recent, Lane::Light, Body::None, Csrf::Token, u"account"_s, on(a, renewRecoveryCodesEndpoint),
         {.operation = u"renewRecoveryCodes"_s, .summary = u"New recovery codes; the old ones are void"_s, .tag = u"Account"_s,
          .answer = u"RecoveryCodes"_s, .refusals = {409}}},
        {Delete, "/me/mfa/devices", Access::Session, Lane::Light, Body::None, Csrf::Token, u"account"_s, on(a, forgetDevicesEndpoint),
         {.operation = u"forgetDevices"_s, .summary = u"Ask every browser for a second factor again"_s, .tag = u"Account"_s,
          .success = 204}},
    };
    // clang-format on
}

QList<Route> passkeys(const ApiContext &a)
{
    const FieldDoc credential {.name = u"credential"_s, .type = FieldType::Object, .text = u"credential.toJSON() of the browser."_s};
    FieldDoc newName = name;
    newName.required = true;
    // clang-format off: what decides about a request stands in one line
    return {
        {Post, "/passkeys/login/options", Access::Anyone, Lane::Light, Body::None, Csrf::Origin, u"passkey"_s, on(a, passkeyLoginOptionsEndpoint),
         {.operation = u"passkeyLoginOptions"_s, .summary = u"What to ask a browser for"_s, .tag = u"Sign in"_s,
          .answer = u"PasskeyRequest"_s, .refusals = {404}}},
        {Post, "/passkeys/login", Access::Anyone, Lane::Light, Body::Json, Csrf::Origin, u"login"_s, on(a, passkeyLoginEndpoint),
         {.operation = u"passkeyLogin"_s, .summary = u"Sign in by passkey, without a name"_s, .tag = u"Sign in"_s,
          .fields = {credential, delivery, formerToken}, .answer = u"TokenPair"_s, .refusals = {401, 404}}},
        {Post, "/passkeys/register/options", Access::Recent, Lane::Light, Body::None, Csrf::Token, u"passkey"_s, on(a, passkeyRegistrationOptionsEndpoint),
         {.operation = u"passkeyRegistrationOptions"_s, .summary = u"What to ask a browser to make"_s, .tag = u"Account"_s,
          .answer = u"PasskeyCreation"_s, .refusals = {404, 409}}},
        {Post, "/passkeys/register", Access::Session, Lane::Light, Body::Json, Csrf::Token, u"passkey"_s, on(a, registerPasskeyEndpoint),
         {.operation = u"registerPasskey"_s, .summary = u"Add the passkey that the browser made"_s, .tag = u"Account"_s,
          .fields = {credential, name}, .answer = u"Passkey"_s, .success = 201, .refusals = {404, 409}}},
        {Get, "/me/passkeys", Access::Session, Lane::Light, Body::None, Csrf::None, u"account"_s, on(a, myPasskeysEndpoint),
         {.operation = u"myPasskeys"_s, .summary = u"My passkeys"_s, .tag = u"Account"_s, .answer = u"PasskeyList"_s}},
        {Patch, "/me/passkeys/{id}", Access::Session, Lane::Light, Body::Json, Csrf::Token, u"account"_s, on(a, renamePasskeyEndpoint),
         {.operation = u"renamePasskey"_s, .summary = u"Name one of my passkeys"_s, .tag = u"Account"_s, .fields = {newName},
          .answer = u"Passkey"_s, .refusals = {404}}},
        {Delete, "/me/passkeys/{id}", Access::Recent, Lane::Light, Body::None, Csrf::Token, u"account"_s, on(a, removePasskeyEndpoint),
         {.operation = u"removePasskey"_s, .summary = u"Remove one of my passkeys"_s, .tag = u"Account"_s, .success = 204,
          .refusals = {404, 409}}},
    };
    // clang-format on
}

} // namespace warder::routes
