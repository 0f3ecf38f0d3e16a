#include "core/api/endpoints/Passkeys.h"

#include "core/accounts/Accounts.h"
#include "core/api/body/Fields.h"
#include "core/api/endpoints/Delivery.h"
#include "core/api/endpoints/PasskeyJson.h"
#include "core/crypto/WebAuthnResponse.h"
#include "core/signin/FactorChanges.h"
#include "core/signin/PasskeySignIn.h"
#include "core/telemetry/TrafficStatistics.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

PasskeyCeremony registrationBy(const Principal &principal)
{
    return {.purpose = ChallengePurpose::PasskeyRegistration, .user = principal.userId, .session = principal.sessionId};
}

QJsonObject credentialOf(Fields &fields)
{
    return fields.object({.name = u"credential"_s, .type = FieldType::Object}).value_or(QJsonObject());
}

/// What is no passkey's path names none.
Id passkeyIn(const Call &call) { return Id::fromString(call.inPath("id")).value_or(Id {}); }

} // namespace

Result<ApiResponse> passkeyLoginOptionsEndpoint(const ApiContext &api, const Call &call)
{
    return api.passkeySignIn.begin(call.now).transform(
        [](const PasskeyOptions &options) { return ApiResponse::json(200, requestJson(options)); });
}

Result<ApiResponse> passkeyLoginEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const QJsonObject credential = credentialOf(fields);
    const Delivery delivery = deliveryOf(fields, api.options);
    const QList<Id> former = formerOf(api, call, fields);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const auto pair = api.passkeySignIn.finish(AssertionResponse::fromJson(credential), call.client, call.now, former);
    api.traffic.recordSignIn(outcomeOf(pair), call.now);
    if (!pair)
        return refused(pair);
    api.throttle.noteProven(pair->user.email, triedFrom(api, call), call.now);
    return signedInResponse(200, {.tokens = *pair}, delivery, false, api, call);
}

Result<ApiResponse> passkeyRegistrationOptionsEndpoint(const ApiContext &api, const Call &call)
{
    const auto user = api.accounts.findById(call.principal().userId);
    if (!user)
        return refused(user);
    return api.passkeys.begin(registrationBy(call.principal()), call.now).transform([&user](const PasskeyOptions &options) {
        return ApiResponse::json(200, creationJson(options, *user));
    });
}

Result<ApiResponse> registerPasskeyEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const QJsonObject credential = credentialOf(fields);
    const QString name = fields.optional("name"_L1).value_or(QString());
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const auto response = RegistrationResponse::fromJson(credential);
    if (!response)
        return std::unexpected(Error {.code = ErrorCode::InvalidInput,
                                      .detail = response.error().detail,
                                      .faults = {valueFault(u"credential"_s, FaultReason::PasskeyRefused)}});
    return api.factors.addPasskey(registrationBy(call.principal()), *response, name, call.now).transform([&api](const Passkey &added) {
        return ApiResponse::json(201, toJson(added, api.passkeys.isUsable(added)));
    });
}

Result<ApiResponse> myPasskeysEndpoint(const ApiContext &api, const Call &call)
{
    const auto held = api.passkeys.findByUser(call.principal().userId);
    if (!held)
        return refused(held);
    return api.passkeys.handleOf(call.principal().userId).transform([&](const std::optional<QByteArray> &handle) {
        return ApiResponse::json(200, listJson(api.passkeys, *held, handle));
    });
}

Result<ApiResponse> renamePasskeyEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const QString name = fields.required("name"_L1);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    return api.passkeys.rename(call.principal().userId, passkeyIn(call), name, call.now).transform([&api](const Passkey &renamed) {
        return ApiResponse::json(200, toJson(renamed, api.passkeys.isUsable(renamed)));
    });
}

Result<ApiResponse> removePasskeyEndpoint(const ApiContext &api, const Call &call)
{
    const auto &who = call.principal();
    return api.factors.removePasskey(who.userId, passkeyIn(call), who.sessionId, call.now).transform([] {
        return ApiResponse::noContent();
    });
}

} // namespace warder
