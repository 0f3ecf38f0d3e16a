#include "core/crypto/ClientData.h"

#include "core/base/Bytes.h"
#include "core/base/StrictJson.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<ClientData> ClientData::parse(QByteArrayView json)
{
    if (json.size() > longest)
        return refused(ErrorCode::InvalidInput, u"the client data are too long"_s);
    const auto data = parseStrictJsonObject(json, {.depth = 8, .values = 128, .names = 64});
    if (!data)
        return refused(ErrorCode::InvalidInput, u"the client data are no JSON object: %1"_s.arg(data.error().message));
    const QJsonValue crossOrigin = data->value("crossOrigin"_L1);
    const QJsonValue topOrigin = data->value("topOrigin"_L1);
    const auto challenge = fromBase64Url(data->value("challenge"_L1).toString().toUtf8());
    if (!data->value("type"_L1).isString() || !data->value("origin"_L1).isString() || !challenge || challenge->size() < leastChallenge
        || !(crossOrigin.isUndefined() || crossOrigin.isBool()) || !(topOrigin.isUndefined() || topOrigin.isString()))
        return refused(ErrorCode::InvalidInput, u"the client data lack a member, or have a wrong one"_s);
    return ClientData {.type = data->value("type"_L1).toString(),
                       .challenge = *challenge,
                       .origin = data->value("origin"_L1).toString(),
                       .isCrossOrigin = crossOrigin.toBool(),
                       .topOrigin = topOrigin.isString() ? std::optional(topOrigin.toString()) : std::nullopt};
}

} // namespace warder
