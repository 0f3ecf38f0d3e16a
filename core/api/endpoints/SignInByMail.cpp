#include "core/api/endpoints/SignInByMail.h"

#include "core/api/endpoints/Delivery.h"
#include "core/api/endpoints/Proofs.h"
#include "core/signin/MailSignIn.h"
#include "core/telemetry/TrafficStatistics.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What came back by mail: the link's token, or digits and what goes with them.
struct MailProof
{
    std::optional<QString> token;
    std::optional<QString> code;
    QByteArray loginToken;
    bool isByCookie = false; ///< What came as an HttpOnly cookie gives tokens as cookies, whatever the body says.
};

MailProof mailProofFrom(Fields &fields, const ApiContext &api, const Call &call)
{
    MailProof proof {.token = filled(fields, "token"_L1), .code = {}, .loginToken = {}};
    const auto inBody = filled(fields, "login_token"_L1);
    proof.code = filled(fields, "code"_L1);
    proof.isByCookie = proof.code && !inBody;
    proof.loginToken = inBody ? inBody->toLatin1() : api.cookies.ticketOf(call);
    (void)isOneProof(fields, {{u"token"_s, proof.token.has_value()}, {u"code"_s, proof.code.has_value()}});
    return proof;
}

Result<SignInOutcome> signInBy(const MailProof &proof, const ApiContext &api, const Call &call, const SignInBaggage &baggage)
{
    return proof.token ? api.mailSignIn.byLink(proof.token->toLatin1(), call.client, call.now, baggage)
                       : api.mailSignIn.byCode(proof.loginToken, *proof.code, call.client, call.now, baggage);
}

} // namespace

Result<ApiResponse> beginMailSignInEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const QString email = fields.required("email"_L1);
    const Delivery delivery = deliveryOf(fields, api.options);
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    return api.mailSignIn.begin(email, call.client, call.now).transform([&](const MailSignInTicket &ticket) {
        QJsonObject body {{u"expires_in"_s, qint64(ticket.life.count())}};
        if (delivery == Delivery::Body)
            body.insert("login_token"_L1, QString::fromLatin1(ticket.loginToken));
        ApiResponse response = ApiResponse::json(202, body);
        if (delivery == Delivery::Cookie)
            api.cookies.setTicketOn(response, ticket.loginToken, ticket.life);
        return response;
    });
}

Result<ApiResponse> finishMailSignInEndpoint(const ApiContext &api, const Call &call)
{
    Fields fields(call.fields);
    const MailProof proof = mailProofFrom(fields, api, call);
    const Delivery wished = deliveryOf(fields, api.options);
    const SignInBaggage baggage {.former = formerOf(api, call, fields), .device = api.cookies.deviceOf(call)};
    if (const auto error = fields.refusal())
        return std::unexpected(*error);
    const auto outcome = signInBy(proof, api, call, baggage);
    if (!isUnfinished(outcome)) // the second step will tell what came of it
        api.traffic.recordSignIn(outcomeOf(outcome), call.now);
    if (!outcome && outcome.error().code == ErrorCode::InvalidLink && proof.isByCookie) {
        ApiResponse over = ApiResponse::error(outcome.error());
        api.cookies.clearTicketOn(over); // the person asks for another mail
        return over;
    }
    if (!outcome)
        return refused(outcome);
    if (const auto *signedIn = std::get_if<SignedIn>(&*outcome))
        api.throttle.noteProven(signedIn->tokens.user.email, triedFrom(api, call), call.now);
    return outcomeResponse(200, *outcome, proof.isByCookie ? Delivery::Cookie : wished, false, api, call);
}

} // namespace warder
