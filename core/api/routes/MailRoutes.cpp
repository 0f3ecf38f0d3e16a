#include "core/api/routes/RouteGroups.h"

#include "core/api/endpoints/MailLinks.h"
#include "core/api/endpoints/Screenings.h"
#include "core/api/endpoints/SignInByMail.h"
#include "core/api/routes/RouteParts.h"
#include "core/credentials/Passwords.h"

using namespace Qt::StringLiterals;

namespace warder::routes {
namespace {

const FieldDoc linkToken {.name = u"token"_s, .text = u"Of the link in the mail."_s};
const FieldDoc resetToken {.name = u"token"_s, .text = u"Of the link in the mail, or reset_token of the 403 password_change_required."_s};

} // namespace

QList<Route> mails(const ApiContext &a)
{
    const FieldDoc loginToken {.name = u"login_token"_s, .required = false, .text = u"Of /login/email, with the code. Or its cookie."_s};
    const FieldDoc mailCode {.name = u"code"_s, .required = false, .text = u"Six digits of the mail, in the browser that asked for it."_s};
    // clang-format off: what decides about a request stands in one line
    return {
        {Post, "/login/email", Access::Anyone, Lane::Light, Body::Json, Csrf::Origin, u"mail"_s, on(a, beginMailSignInEndpoint),
         {.operation = u"loginEmail"_s, .summary = u"Ask for a mail to sign in by"_s, .tag = u"Sign in"_s, .fields = {email, delivery},
          .answer = u"MailSignIn"_s, .success = 202, .refusals = {404}}},
        {Post, "/login/email/confirm", Access::Anyone, Lane::Light, Body::Json, Csrf::Origin, u"mfa"_s, on(a, finishMailSignInEndpoint),
         {.operation = u"loginEmailConfirm"_s, .summary = u"Sign in by the mail's link, or by its digits"_s, .tag = u"Sign in"_s,
          .fields = {anyOf(linkToken), loginToken, mailCode, delivery, formerToken}, .answer = u"TokenPair"_s, .refusals = {400, 404}}},
        {Post, "/forgot-password", Access::Anyone, Lane::Light, Body::Json, Csrf::Origin, u"mail"_s, on(a, forgotPasswordEndpoint),
         {.operation = u"forgotPassword"_s, .summary = u"Ask for a mail to set another password"_s, .tag = u"Sign in"_s, .fields = {email},
          .success = 202, .refusals = {404}}},
        {Post, "/reset-password", Access::Anyone, Lane::Hashing, Body::Json, Csrf::Origin, u"mail"_s, on(a, resetPasswordEndpoint),
         {.operation = u"resetPassword"_s, .summary = u"Set a password by the mail's link; all sessions end"_s, .tag = u"Sign in"_s,
          .fields = {resetToken, newPassword(u"password"_s, a.passwords.policy())}, .success = 204, .refusals = {400, 404}},
         "no-store", breachesOf(a, screenPasswordReset)},
        {Post, "/request-verify-token", Access::Anyone, Lane::Light, Body::Json, Csrf::Origin, u"mail"_s, on(a, requestVerificationEndpoint),
         {.operation = u"requestVerifyToken"_s, .summary = u"Ask for a mail to prove an address by"_s, .tag = u"Account"_s, .fields = {email},
          .success = 202, .refusals = {404}}},
        {Post, "/verify", Access::Anyone, Lane::Light, Body::Json, Csrf::Origin, u"mail"_s, on(a, verifyEndpoint),
         {.operation = u"verify"_s, .summary = u"Prove an address by the mail's link"_s, .tag = u"Account"_s, .fields = {linkToken},
          .answer = u"User"_s, .refusals = {400, 404}}},
        {Post, "/me/email", Access::Recent, Lane::Light, Body::Json, Csrf::Token, u"mail"_s, on(a, changeEmailEndpoint),
         {.operation = u"changeEmail"_s, .summary = u"Ask for another address; mails go to both"_s, .tag = u"Account"_s,
          .fields = {newEmail()}, .success = 202, .refusals = {404}}},
        {Post, "/email-change/confirm", Access::Anyone, Lane::Light, Body::Json, Csrf::Origin, u"mail"_s, on(a, confirmEmailChangeEndpoint),
         {.operation = u"confirmEmailChange"_s, .summary = u"Agree to another address by a mail's link"_s, .tag = u"Account"_s,
          .fields = {linkToken}, .answer = u"EmailChange"_s, .refusals = {400, 404, 409}}},
        {Post, "/sign-in-report", Access::Anyone, Lane::Light, Body::Json, Csrf::Origin, u"mail"_s, on(a, reportSignInEndpoint),
         {.operation = u"reportSignIn"_s, .summary = u"That was not me: end all sessions, by the mail's link"_s, .tag = u"Account"_s,
          .fields = {linkToken}, .success = 204, .refusals = {400, 404}}},
    };
    // clang-format on
}

} // namespace warder::routes
