#pragma once

#include "core/api/ApiContext.h"
#include "core/api/ApiResponse.h"
#include "core/api/Call.h"
#include "core/api/HttpOptions.h"
#include "core/api/body/Fields.h"
#include "core/api/filters/Cookies.h"
#include "core/sessions/Sessions.h"
#include "core/signin/LoginThrottle.h"
#include "core/signin/SignInOutcome.h"
#include "core/telemetry/TrafficStatistics.h"

namespace warder {

/// How tokens travel: in the JSON, or as cookies and then never in the JSON.
enum class Delivery { Body, Cookie };

/// `token_delivery` of the body, else what the settings say.
Delivery deliveryOf(Fields &fields, const HttpOptions &options);

/// How a sign-in or a refresh counts.
template <typename T>
Outcome outcomeOf(const Result<T> &result)
{
    return result ? Outcome::Succeeded : outcomeOf(statusOf(result.error().code));
}

/// The answer that hands a pair out; `more`: further members of its body.
ApiResponse tokenResponse(int status, const TokenPair &pair, Delivery delivery, bool withUser, const Cookies &cookies, TimePoint now,
                          const QJsonObject &more = {});

/// The sessions that this browser or app leaves by signing in: that of its cookies, or of the `refresh_token` it sends along.
QList<Id> formerOf(const ApiContext &api, const Call &call, Fields &fields);

/// Where a request comes from, for whoever counts wrong passwords.
TriedFrom triedFrom(const ApiContext &api, const Call &call);

/// The answer to somebody who is signed in: the pair, recovery codes, the cookies of a trusted browser and, with tokens in cookies,
/// of one that is known from now on. A ticket's cookie goes. `more`: further members of its body.
ApiResponse signedInResponse(int status, const SignedIn &signedIn, Delivery delivery, bool withUser, const ApiContext &api,
                             const Call &call, const QJsonObject &more = {});
/// The same, or 403 `mfa_required` with the ticket: in the body, or in an HttpOnly cookie and then never in the body. Or 403
/// `password_change_required` with the ticket for POST /reset-password.
ApiResponse outcomeResponse(int status, const SignInOutcome &outcome, Delivery delivery, bool withUser, const ApiContext &api,
                            const Call &call, const QJsonObject &more = {});

/// The answer to whoever has signed out: their cookies, if they sent any, go with it.
ApiResponse signedOut(const Cookies &cookies, const Call &call);

/// A refresh token that was presented, and how its successor must travel: what came as an HttpOnly cookie never becomes readable.
struct PresentedToken
{
    QByteArray token;
    bool byCookie = false;
};
PresentedToken presentedToken(const Call &call, Fields &fields, const Cookies &cookies);

} // namespace warder
