#include "core/api/endpoints/MyFactors.h"

#include "core/api/body/Fields.h"
#include "core/api/endpoints/FactorJson.h"
#include "core/signin/FactorChanges.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Shown once, never again; nothing where there are none to show.
ApiResponse withCodes(const QStringList &codes)
{
    return ApiResponse::json(200, codes.isEmpty() ? QJsonObject() : QJsonObject {{u"recovery_codes"_s, QJsonArray::fromStringList(codes)}});
}

} // namespace

Result<ApiResponse> myFactorsEndpoint(const ApiContext &api, const Call &call)
{
    return api.factors.overview(call.principal().userId, call.now).transform([](const FactorOverview &overview) {
        return ApiResponse::json(200, toJson(overview));
    });
}

Result<ApiResponse> beginTotpEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const QString name = fields.optional("name"_L1).value_or(QString());
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const auto &who = call.principal();
    return api.factors.beginTotp(who.userId, name, who.sessionId, call.now).transform([](const NewTotp &totp) {
        return ApiResponse::json(201, toJson(totp));
    });
}

Result<ApiResponse> confirmTotpEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const QString id = fields.required("id"_L1);
    const QString code = fields.required("code"_L1);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const Id factor = Id::fromString(id).value_or(Id {}); // nobody's is found by no id
    const auto &who = call.principal();
    return api.factors.confirmTotp(who.userId, factor, code, who.sessionId, call.now).transform(withCodes);
}

Result<ApiResponse> removeTotpEndpoint(const ApiContext &api, const Call &call)
{
    const Id factor = Id::fromString(call.inPath("id")).value_or(Id {});
    const auto &who = call.principal();
    return api.factors.removeTotp(who.userId, factor, who.sessionId, call.now).transform([] { return ApiResponse::noContent(); });
}

Result<ApiResponse> renewRecoveryCodesEndpoint(const ApiContext &api, const Call &call)
{
    const auto &who = call.principal();
    return api.factors.renewRecoveryCodes(who.userId, who.sessionId, call.now).transform(withCodes);
}

Result<ApiResponse> forgetDevicesEndpoint(const ApiContext &api, const Call &call)
{
    return api.factors.forgetDevices(call.principal().userId, call.now).transform([&] {
        ApiResponse response = ApiResponse::noContent();
        if (!api.cookies.deviceOf(call).isEmpty())
            api.cookies.clearDeviceOn(response);
        return response;
    });
}

} // namespace warder
