#include "core/signin/FactorVerifier.h"

#include "core/accounts/AccountFaults.h"
#include "core/credentials/RecoveryCodes.h"
#include "core/credentials/TotpFactors.h"
#include "core/crypto/WebAuthnResponse.h"
#include "core/sessions/Client.h"
#include "core/signin/PasskeySignIn.h"
#include "core/telemetry/Log.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {

std::unexpected<Error> wrongProof(const QString &field)
{
    const FaultReason reason = field == "credential"_L1 ? FaultReason::PasskeyRefused : FaultReason::CodeWrong;
    return std::unexpected(unacceptable({valueFault(field, reason)}));
}

FactorVerifier::FactorVerifier(const TotpFactors &totp, RecoveryCodes &codes, Passkeys &passkeys)
    : m_totp(totp), m_codes(codes), m_passkeys(passkeys)
{}

Result<QStringList> FactorVerifier::methodsOf(DbConnection &connection, Id user) const
{
    const auto apps = TotpStore::countByUser(connection, user);
    if (!apps)
        return refused(apps);
    return m_passkeys.countUsable(connection, user).transform([&apps](qint64 passkeys) {
        QStringList methods;
        if (*apps > 0)
            methods += u"totp"_s;
        if (passkeys > 0)
            methods += passkeyMethod.name;
        return methods;
    });
}

Result<std::optional<VerifiedFactor>> FactorVerifier::verify(const PasskeyCeremony &asked, const TotpProof &proof, const Client &,
                                                             TimePoint now) const
{
    return m_totp.match(*asked.user, proof.code, now).transform([now](const std::optional<MatchedCode> &matched) {
        return matched.transform([now](const MatchedCode &code) {
            return VerifiedFactor {.name = u"totp"_s, .amr = {u"otp"_s}, .spend = [code, now](Transaction &transaction) {
                                       return TotpFactors::spend(transaction, code, now);
                                   }};
        });
    });
}

/// Whether there is one is known once it is spent.
Result<std::optional<VerifiedFactor>> FactorVerifier::verify(const PasskeyCeremony &asked, const RecoveryProof &proof, const Client &,
                                                             TimePoint) const
{
    const Id user = *asked.user;
    return m_codes.hashOf(user, proof.code).transform([user](const QByteArray &hash) {
        return std::optional(
            VerifiedFactor {.name = u"recovery_code"_s, .amr = {u"otp"_s}, .spend = [user, hash](Transaction &transaction) {
                                return RecoveryCodes::spend(transaction, user, hash);
                            }});
    });
}

Result<std::optional<VerifiedFactor>> FactorVerifier::verify(const PasskeyCeremony &asked, const PasskeyProof &proof, const Client &client,
                                                             TimePoint now) const
{
    constexpr std::array wrong {ErrorCode::InvalidInput, ErrorCode::InvalidToken, ErrorCode::InvalidCredentials};
    const auto proven = AssertionResponse::fromJson(proof.credential).and_then([&](const AssertionResponse &response) {
        return m_passkeys.prove(asked, response, now);
    });
    if (!proven && std::ranges::contains(wrong, proven.error().code)) {
        log(LogLevel::Info, "passkey_refused"_L1, {{"why"_L1, proven.error().detail}}); // a page that is set up wrongly is seen here
        return std::optional<VerifiedFactor>();
    }
    if (!proven)
        return refused(proven);
    const auto spend = [this, passkey = *proven, address = client.address.toString(), now](Transaction &transaction) -> Result<bool> {
        const auto noted = m_passkeys.noteUse(transaction, passkey, address, now);
        if (!noted && noted.error().code == ErrorCode::InvalidCredentials)
            return false;
        return noted.transform([] { return true; });
    };
    return VerifiedFactor {.name = passkeyMethod.name, .amr = passkeyMethod.amr, .spend = spend};
}

} // namespace warder
