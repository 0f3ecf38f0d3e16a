#include "core/api/endpoints/Delivery.h"

#include "core/api/endpoints/UserJson.h"

using namespace Qt::StringLiterals;

namespace warder {

Delivery deliveryOf(Fields &fields, const HttpOptions &options)
{
    const QString chosen = fields.choice("token_delivery"_L1, {u"body"_s, u"cookie"_s}, options.deliverByCookie ? u"cookie"_s : u"body"_s);
    return chosen == "cookie"_L1 ? Delivery::Cookie : Delivery::Body;
}

ApiResponse tokenResponse(int status, const TokenPair &pair, Delivery delivery, bool withUser, const Cookies &cookies, TimePoint now)
{
    QJsonObject body {{u"expires_in"_s, qint64(pair.expiresIn.count())}};
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

ApiResponse signedOut(const Cookies &cookies, const Call &call)
{
    ApiResponse response = ApiResponse::noContent();
    if (cookies.isCarriedBy(call))
        cookies.clearOn(response);
    return response;
}

} // namespace warder
