#include "core/api/routes/RouteGroups.h"

#include "core/api/endpoints/Me.h"
#include "core/api/endpoints/Proofs.h"
#include "core/api/endpoints/Reauthenticate.h"
#include "core/api/endpoints/Screenings.h"
#include "core/api/endpoints/SecondStep.h"
#include "core/api/endpoints/SignIn.h"
#include "core/api/routes/RouteParts.h"
#include "core/credentials/Passwords.h"
#include "core/signin/Registration.h"

using namespace Qt::StringLiterals;

namespace warder::routes {
namespace {

const FieldDoc csrfToken {.name = u"csrf_token"_s, .required = false, .text = u"In place of X-CSRF-Token, for a beacon."_s};
const FieldDoc refreshToken {.name = u"refresh_token"_s, .required = false, .text = u"Or the refresh cookie."_s};
const FieldDoc ticket {.name = u"mfa_token"_s, .required = false, .text = u"Of the 403 mfa_required. Or its cookie."_s};

/// Where nobody shall learn which addresses have an account, a mail says all the rest.
RouteDoc registrationDoc(const ApiContext &a)
{
    RouteDoc doc {.operation = u"register"_s,
                  .summary = u"Create an account and sign in"_s,
                  .tag = u"Sign in"_s,
                  .fields = {newEmail(), newPassword(u"password"_s, a.passwords.policy()), name, delivery, formerToken},
                  .answer = u"TokenPair"_s,
                  .success = 201,
                  .refusals = {409}};
    if (a.registration.isPrivate()) {
        doc.summary = u"Ask for an account; a mail says the rest"_s;
        doc.answer.clear();
        doc.success = 202;
        doc.refusals = {404};
    }
    return doc;
}

} // namespace

QList<Route> signIn(const ApiContext &a)
{
    const Handler login = on(a, loginEndpoint);
    const QList<FieldDoc> credentials {email, password, delivery, formerToken};
    // clang-format off: what decides about a request stands in one line
    return {
        {Post, "/register", Access::Anyone, Lane::Hashing, Body::Json, Csrf::Origin, u"register"_s, on(a, registerEndpoint),
         registrationDoc(a), "no-store", breachesOf(a, screenRegistration)},
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
        {Post, "/reauthenticate", Access::Session, Lane::Hashing, Body::Json, Csrf::Token, u"login"_s, on(a, reauthenticateEndpoint),
         {.operation = u"reauthenticate"_s, .summary = u"Prove once more who I am, by one of these"_s, .tag = u"Sign in"_s,
          .fields = {anyOf(password), anyOf(code), credentialField()}, .success = 204}},
        {Post, "/reauthenticate/passkey", Access::Session, Lane::Light, Body::None, Csrf::Token, u"passkey"_s,
         on(a, reauthenticationOptionsEndpoint),
         {.operation = u"reauthenticatePasskey"_s, .summary = u"What to ask a browser for, to prove it by passkey"_s, .tag = u"Sign in"_s,
          .answer = u"PasskeyRequest"_s, .refusals = {404}}},
        {Get, "/session", Access::Anyone, Lane::Inline, Body::None, Csrf::None, {}, on(a, sessionEndpoint),
         {.operation = u"session"_s, .summary = u"Is somebody signed in?"_s, .tag = u"Sign in"_s, .answer = u"SessionState"_s}},
    };
    // clang-format on
}

QList<Route> secondStep(const ApiContext &a)
{
    const FieldDoc recoveryCode {.name = u"recovery_code"_s, .required = false, .text = u"In place of the code, once."_s};
    const FieldDoc remember = rememberDeviceField();
    // clang-format off: what decides about a request stands in one line
    return {
        {Post, "/login/mfa", Access::Pending, Lane::Light, Body::Json, Csrf::Origin, u"mfa"_s, on(a, finishSignInEndpoint),
         {.operation = u"loginMfa"_s, .summary = u"Finish signing in by one second factor"_s, .tag = u"Sign in"_s,
          .fields = {ticket, anyOf(code), recoveryCode, credentialField(), remember, delivery, formerToken}, .answer = u"TokenPair"_s}},
        {Post, "/login/mfa/passkey", Access::Pending, Lane::Light, Body::Optional, Csrf::Origin, u"mfa"_s, on(a, passkeyOptionsEndpoint),
         {.operation = u"loginMfaPasskey"_s, .summary = u"What to ask a browser for, where a passkey is the second factor"_s,
          .tag = u"Sign in"_s, .fields = {ticket}, .answer = u"PasskeyRequest"_s, .refusals = {404}}},
        {Post, "/login/mfa/totp", Access::Pending, Lane::Light, Body::Json, Csrf::Origin, u"mfa"_s, on(a, beginEnrolmentEndpoint),
         {.operation = u"loginMfaTotp"_s, .summary = u"Set up the first second factor, where one is required"_s, .tag = u"Sign in"_s,
          .fields = {ticket, name}, .answer = u"NewTotp"_s, .success = 201}},
        {Post, "/login/mfa/totp/confirm", Access::Pending, Lane::Light, Body::Json, Csrf::Origin, u"mfa"_s, on(a, confirmEnrolmentEndpoint),
         {.operation = u"loginMfaTotpConfirm"_s, .summary = u"Finish signing in by its first code"_s, .tag = u"Sign in"_s,
          .fields = {ticket, factorId, code, remember, delivery, formerToken}, .answer = u"TokenPair"_s, .refusals = {404}}},
    };
    // clang-format on
}

} // namespace warder::routes
