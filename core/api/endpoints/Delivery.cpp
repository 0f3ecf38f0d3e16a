#include "core/api/endpoints/Delivery.h"

#include "core/api/endpoints/UserJson.h"
#include "core/sessions/Authenticator.h"
#include "core/signin/FactorChanges.h"
#include "core/signin/KnownDevices.h"
#include "core/tokens/RefreshTokens.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

ApiResponse mfaRequired(const FactorNeeded &needed, Delivery delivery, const Cookies &cookies, const QJsonObject &more)
{
    QJsonObject body = more;
    body.insert("detail"_L1, textOf(ErrorCode::MfaRequired));
    body.insert("code"_L1, nameOf(ErrorCode::MfaRequired));
    body.insert("methods"_L1, QJsonArray::fromStringList(needed.methods));
    body.insert("expires_in"_L1, qint64(needed.life.count()));
    if (needed.enrol)
        body.insert("enrol"_L1, true);
    if (delivery == Delivery::Body)
        body.insert("mfa_token"_L1, QString::fromLatin1(needed.ticket));
    ApiResponse response = ApiResponse::json(statusOf(ErrorCode::MfaRequired), body);
    if (delivery == Delivery::Cookie)
        cookies.setTicketOn(response, needed.ticket, needed.life);
    return response;
}

/// The ticket is in the body however tokens travel: the page that has it has just seen the password that it is good for.
ApiResponse passwordChangeRequired(const PasswordChangeNeeded &needed, const QJsonObject &more)
{
    QJsonObject body = more;
    body.insert("detail"_L1, textOf(ErrorCode::PasswordChangeRequired));
    body.insert("code"_L1, nameOf(ErrorCode::PasswordChangeRequired));
    body.insert("reset_token"_L1, QString::fromLatin1(needed.ticket));
    body.insert("expires_in"_L1, qint64(needed.life.count()));
    return ApiResponse::json(statusOf(ErrorCode::PasswordChangeRequired), body);
}

} // namespace

Delivery deliveryOf(Fields &fields, const HttpOptions &options)
{
    const QString chosen = fields.choice("token_delivery"_L1, {u"body"_s, u"cookie"_s}, options.deliverByCookie ? u"cookie"_s : u"body"_s);
    return chosen == "cookie"_L1 ? Delivery::Cookie : Delivery::Body;
}

ApiResponse tokenResponse(int status, const TokenPair &pair, Delivery delivery, bool withUser, const Cookies &cookies, TimePoint now,
                          const QJsonObject &more)
{
    QJsonObject body = more;
    body.insert("expires_in"_L1, qint64(pair.expiresIn.count()));
    if (withUser || delivery == Delivery::Cookie)
        body.insert("user"_L1, toJson(pair.user));
    if (delivery == Delivery::Body) {
        body.insert("access_token"_L1, QString::fromLatin1(pair.accessToken));
        body.insert("refresh_token"_L1, QString::fromLatin1(pair.refreshToken));
        body.insert("token_type"_L1, u"bearer"_s);
    }
    ApiResponse response = ApiResponse::json(status, body);
    if (delivery == Delivery::Cookie)
        cookies.setOn(response, pair, now);
    return response;
}

PresentedToken presentedToken(const Call &call, Fields &fields, const Cookies &cookies)
{
    if (const auto token = fields.optional("refresh_token"_L1); token && !token->isEmpty()) // a form sends its empty fields too
        return {.token = token->toUtf8(), .byCookie = false};
    return {.token = cookies.refreshOf(call), .byCookie = true};
}

QList<Id> formerOf(const ApiContext &api, const Call &call, Fields &fields)
{
    QList<Id> former;
    if (const auto claim = api.refreshTokens.verify(presentedToken(call, fields, api.cookies).token, call.now))
        former += claim->session;
    if (const auto principal = api.authenticator.authenticate(api.cookies.accessOf(call), call.now);
        principal && !former.contains(principal->sessionId))
        former += principal->sessionId;
    return former;
}

TriedFrom triedFrom(const ApiContext &api, const Call &call)
{
    return {.address = call.client.address, .knownDevice = api.cookies.knownOf(call)};
}

ApiResponse signedInResponse(int status, const SignedIn &signedIn, Delivery delivery, bool withUser, const ApiContext &api,
                             const Call &call, const QJsonObject &more)
{
    QJsonObject members = more;
    if (signedIn.recoveryCodesLeft)
        members.insert("recovery_codes_left"_L1, *signedIn.recoveryCodesLeft);
    if (!signedIn.recoveryCodes.isEmpty())
        members.insert("recovery_codes"_L1, QJsonArray::fromStringList(signedIn.recoveryCodes));
    ApiResponse response = tokenResponse(status, signedIn.tokens, delivery, withUser, api.cookies, call.now, members);
    const QByteArray mark =
        delivery == Delivery::Cookie ? api.throttle.deviceMark(triedFrom(api, call), signedIn.tokens.user.id, call.now) : QByteArray();
    if (!mark.isEmpty())
        api.cookies.setKnownOn(response, mark, KnownDevices::lifetime);
    if (!signedIn.device.isEmpty())
        api.cookies.setDeviceOn(response, signedIn.device, api.factors.policy().rememberFor);
    if (!api.cookies.ticketOf(call).isEmpty())
        api.cookies.clearTicketOn(response);
    return response;
}

ApiResponse outcomeResponse(int status, const SignInOutcome &outcome, Delivery delivery, bool withUser, const ApiContext &api,
                            const Call &call, const QJsonObject &more)
{
    if (const auto *needed = std::get_if<FactorNeeded>(&outcome))
        return mfaRequired(*needed, delivery, api.cookies, more);
    if (const auto *needed = std::get_if<PasswordChangeNeeded>(&outcome))
        return passwordChangeRequired(*needed, more);
    return signedInResponse(status, std::get<SignedIn>(outcome), delivery, withUser, api, call, more);
}

ApiResponse signedOut(const Cookies &cookies, const Call &call)
{
    ApiResponse response = ApiResponse::noContent();
    if (cookies.isCarriedBy(call))
        cookies.clearOn(response);
    return response;
}

} // namespace warder
