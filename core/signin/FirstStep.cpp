#include "core/signin/FirstStep.h"

#include "core/credentials/TotpStore.h"
#include "core/credentials/TrustedDevices.h"
#include "core/signin/PendingSignIns.h"
#include "core/signin/SessionOpener.h"
#include "core/storage/Transaction.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

ProvenSignIn wholeOf(const FirstProof &proof)
{
    return {.user = proof.user,
            .method = proof.method,
            .password = proof.password,
            .provesEmail = proof.provesEmail,
            .details = proof.details,
            .also = proof.spend};
}

Result<void> spendProof(Transaction &transaction, const FirstProof &proof)
{
    return proof.spend ? proof.spend(transaction) : Result<void>();
}

} // namespace

FirstStep::FirstStep(TrustedDevices &devices, SessionOpener &opener, PendingSignIns &pending, SignInPolicy policy)
    : m_devices(devices), m_opener(opener), m_pending(pending), m_policy(policy)
{}

Result<SignInOutcome> FirstStep::take(const FirstProof &proof, const Client &client, const SignInBaggage &baggage, TimePoint now)
{
    if (m_policy.requiresVerifiedEmail && !proof.user.emailVerified && !proof.provesEmail)
        return refused(ErrorCode::EmailNotVerified, u"accounts.require_verified_email, and the address is not verified"_s);
    if (proof.password && proof.password->mustChange)
        return m_pending.beginPasswordChange(proof, now);
    const auto missing = m_pending.missingOf(proof.user, now);
    if (!missing)
        return refused(missing);
    if (!missing->isMissing)
        return openBare(proof, client, baggage, now);
    auto trusted = missing->mustEnrol ? Result<std::optional<SignedIn>>() : openTrusted(proof, client, baggage, now);
    if (!trusted)
        return refused(trusted);
    if (*trusted)
        return **std::move(trusted);
    return m_pending.begin(proof, *missing, baggage.former, now);
}

Result<SignedIn> FirstStep::openBare(const FirstProof &proof, const Client &client, const SignInBaggage &baggage, TimePoint now)
{
    ProvenSignIn whole = wholeOf(proof);
    whole.also = [&](Transaction &transaction) -> Result<void> {
        const auto apps = TotpStore::countByUser(transaction, proof.user.id);
        if (!apps)
            return refused(apps);
        return *apps == 0 ? spendProof(transaction, proof)
                          : refused(ErrorCode::InvalidCredentials, u"a factor was added while its owner signed in"_s);
    };
    return m_opener.open(whole, client, baggage.former, now).transform([](TokenPair tokens) {
        return SignedIn {.tokens = std::move(tokens)};
    });
}

/// Nothing where the browser is not trusted, or another request has just used its secret.
Result<std::optional<SignedIn>> FirstStep::openTrusted(const FirstProof &proof, const Client &client, const SignInBaggage &baggage,
                                                       TimePoint now)
{
    const Id user = proof.user.id;
    const auto trusted = m_devices.isTrusted(user, baggage.device, now);
    if (!trusted)
        return refused(trusted);
    if (!*trusted)
        return std::nullopt;
    SignedIn signedIn;
    bool isUsed = false;
    ProvenSignIn whole = wholeOf(proof);
    whole.isTrustedBrowser = true;
    whole.details.insert("second_factor"_L1, u"trusted_device"_s);
    whole.also = [&](Transaction &transaction) {
        const auto next = m_devices.rotate(transaction, user, baggage.device, client.userAgent, now);
        isUsed = !next && next.error().code == ErrorCode::InvalidToken;
        signedIn.device = next.value_or(QByteArray());
        return next.and_then([&](const QByteArray &) { return spendProof(transaction, proof); });
    };
    auto tokens = m_opener.open(whole, client, baggage.former, now);
    if (!tokens && isUsed)
        return std::nullopt;
    if (!tokens)
        return refused(tokens);
    signedIn.tokens = *std::move(tokens);
    return std::optional(std::move(signedIn));
}

} // namespace warder
