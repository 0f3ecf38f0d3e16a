#include "core/api/endpoints/Reauthenticate.h"

#include "core/api/endpoints/Delivery.h"
#include "core/api/endpoints/Owner.h"
#include "core/api/endpoints/PasskeyJson.h"
#include "core/api/endpoints/Proofs.h"
#include "core/signin/LoginThrottle.h"
#include "core/signin/StepUp.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What the body shows, which must be one thing.
std::optional<StepUpProof> stepUpProofFrom(Fields &fields)
{
    const auto password = filled(fields, "password"_L1);
    const auto code = filled(fields, "code"_L1);
    const auto credential = fields.object(credentialField());
    if (!isOneProof(fields,
                    {{u"password"_s, password.has_value()}, {u"code"_s, code.has_value()}, {u"credential"_s, credential.has_value()}}))
        return std::nullopt;
    if (password)
        return PasswordProof {*password};
    if (code)
        return TotpProof {*code};
    return PasskeyProof {*credential};
}

} // namespace

Result<ApiResponse> reauthenticateEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const auto proof = stepUpProofFrom(fields);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const auto user = ownerOf(api, call.principal());
    if (!user)
        return refused(user);
    const auto confirm = [&] { return api.stepUp.confirm(call.principal(), *proof, call.client, call.now); };
    const bool isPassword = std::holds_alternative<PasswordProof>(*proof);
    const auto confirmed = isPassword ? api.throttle.guard(user->email, triedFrom(api, call), call.now, confirm) : confirm();
    if (!confirmed)
        return std::unexpected(ofField(confirmed.error(), u"password"_s));
    return ApiResponse::noContent();
}

Result<ApiResponse> reauthenticationOptionsEndpoint(const ApiContext &api, const Call &call)
{
    return api.stepUp.beginPasskey(call.principal(), call.now).transform([](const PasskeyOptions &options) {
        return ApiResponse::json(200, requestJson(options));
    });
}

} // namespace warder
