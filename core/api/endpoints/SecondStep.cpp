#include "core/api/endpoints/SecondStep.h"

#include "core/api/endpoints/Delivery.h"
#include "core/api/endpoints/FactorJson.h"
#include "core/api/endpoints/PasskeyJson.h"
#include "core/api/endpoints/Proofs.h"
#include "core/api/filters/PendingCallers.h"
#include "core/signin/LoginThrottle.h"
#include "core/signin/PendingSignIns.h"
#include "core/telemetry/TrafficStatistics.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QByteArray &signInOf(const Call &call) { return std::get<PendingCaller>(call.caller).signIn; }

/// A ticket that came as an HttpOnly cookie gives tokens as cookies, whatever the body says.
Delivery deliveryFor(const ApiContext &api, const Call &call, Fields &fields)
{
    const Delivery wished = deliveryOf(fields, api.options);
    return PendingCallers::isByCookie(call) ? Delivery::Cookie : wished;
}

/// What the body shows, which must be one thing.
std::optional<FactorProof> factorProofFrom(Fields &fields)
{
    const auto code = filled(fields, "code"_L1);
    const auto recoveryCode = filled(fields, "recovery_code"_L1);
    const auto credential = fields.object(credentialField());
    if (!isOneProof(
            fields,
            {{u"code"_s, code.has_value()}, {u"recovery_code"_s, recoveryCode.has_value()}, {u"credential"_s, credential.has_value()}}))
        return std::nullopt;
    if (code)
        return TotpProof {*code};
    if (recoveryCode)
        return RecoveryProof {*recoveryCode};
    return PasskeyProof {*credential};
}

/// What became of the second step; only now is known how the sign-in ended.
Result<ApiResponse> answer(const ApiContext &api, const Call &call, const Result<SignedIn> &signedIn, Delivery delivery)
{
    api.traffic.recordSignIn(outcomeOf(signedIn), call.now);
    if (!signedIn)
        return refused(signedIn);
    api.throttle.noteProven(signedIn->tokens.user.email, triedFrom(api, call), call.now);
    return signedInResponse(200, *signedIn, delivery, false, api, call);
}

} // namespace

const FieldDoc &rememberDeviceField()
{
    static const FieldDoc field {.name = u"remember_device"_s,
                                 .type = FieldType::Boolean,
                                 .required = false,
                                 .text = u"This browser needs no second factor for a while."_s};
    return field;
}

Result<ApiResponse> finishSignInEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    (void)fields.optional("mfa_token"_L1); // PendingCallers has read it
    const auto proof = factorProofFrom(fields);
    const bool remember = fields.boolean(rememberDeviceField()).value_or(false);
    const Delivery delivery = deliveryFor(api, call, fields);
    const FinishWishes wishes {.rememberDevice = remember, .former = formerOf(api, call, fields)};
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    return answer(api, call, api.pendingSignIns.finish(signInOf(call), *proof, wishes, call.client, call.now), delivery);
}

Result<ApiResponse> passkeyOptionsEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    (void)fields.optional("mfa_token"_L1);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    return api.pendingSignIns.beginPasskey(signInOf(call), call.now).transform([](const PasskeyOptions &options) {
        return ApiResponse::json(200, requestJson(options));
    });
}

Result<ApiResponse> beginEnrolmentEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    (void)fields.optional("mfa_token"_L1);
    const QString name = fields.optional("name"_L1).value_or(QString());
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    return api.pendingSignIns.beginTotp(signInOf(call), name, call.now).transform([](const NewTotp &totp) {
        return ApiResponse::json(201, toJson(totp));
    });
}

Result<ApiResponse> confirmEnrolmentEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    (void)fields.optional("mfa_token"_L1);
    const QString id = fields.required("id"_L1);
    const QString code = fields.required("code"_L1);
    const bool remember = fields.boolean(rememberDeviceField()).value_or(false);
    const Delivery delivery = deliveryFor(api, call, fields);
    const FinishWishes wishes {.rememberDevice = remember, .former = formerOf(api, call, fields)};
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const Id factor = Id::fromString(id).value_or(Id {}); // nobody's is found by no id
    return answer(api, call, api.pendingSignIns.confirmTotp(signInOf(call), factor, code, wishes, call.client, call.now), delivery);
}

} // namespace warder
