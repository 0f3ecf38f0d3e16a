#include "core/console/local/TokenChecks.h"

#include "core/base/Text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestShown = 200;

RefusalCheckView passedCheck(RefusalCheck check, const QString &found = {})
{
    return {.check = check, .outcome = CheckOutcome::Passed, .found = shortened(found, longestShown)};
}

RefusalCheckView failedCheck(RefusalCheck check, RefusalReason reason, const QString &found = {}, std::optional<TimePoint> at = {})
{
    return {.check = check, .outcome = CheckOutcome::Failed, .reason = reason, .found = shortened(found, longestShown), .at = at};
}

RefusalCheckView skippedCheck(RefusalCheck check) { return {.check = check, .outcome = CheckOutcome::Skipped}; }

/// NumericDate of RFC 7519 §2; nothing for what is none.
std::optional<TimePoint> numericDate(const QJsonValue &value)
{
    const double seconds = value.toDouble(-1);
    if (seconds < 0 || seconds > 1e11)
        return std::nullopt;
    return TimePoint {Milliseconds {qint64(seconds * 1000)}};
}

RefusalCheckView keyCheck(const SigningKey *key, const QString &kid, TimePoint now)
{
    if (kid.isEmpty())
        return failedCheck(RefusalCheck::Key, RefusalReason::NoKeyNamed);
    if (!key)
        return failedCheck(RefusalCheck::Key, RefusalReason::KeyUnknown, kid);
    if (key->purpose != KeyPurpose::Access)
        return failedCheck(RefusalCheck::Key, RefusalReason::KeyOfOther, kid);
    if (key->state == KeyState::Revoked)
        return failedCheck(RefusalCheck::Key, RefusalReason::KeyRevoked, kid, key->revokedAt);
    if (key->verifyUntil && now >= *key->verifyUntil)
        return failedCheck(RefusalCheck::Key, RefusalReason::KeyOver, kid, key->verifyUntil);
    return passedCheck(RefusalCheck::Key, kid);
}

RefusalCheckView equalCheck(RefusalCheck check, RefusalReason otherwise, const QJsonValue &found, const QString &expected)
{
    if (found == QJsonValue(expected))
        return passedCheck(check, expected);
    RefusalCheckView view = failedCheck(check, otherwise, found.toString());
    view.expected = expected;
    return view;
}

RefusalCheckView kindCheck(const ParsedJwt &jwt)
{
    const QString found = jwt.header.value("typ"_L1).toString();
    if (isOfType(jwt, jwtType::accessToken))
        return passedCheck(RefusalCheck::Kind, found);
    RefusalCheckView view = failedCheck(RefusalCheck::Kind, RefusalReason::KindOther, found);
    view.expected = QString(jwtType::accessToken);
    return view;
}

RefusalCheckView timesCheck(const QJsonObject &claims, const TokenPolicy &policy, TimePoint now)
{
    const auto issuedAt = numericDate(claims.value("iat"_L1));
    const auto notBefore = numericDate(claims.value("nbf"_L1));
    const auto expiresAt = numericDate(claims.value("exp"_L1));
    if (!issuedAt || !notBefore || !expiresAt)
        return failedCheck(RefusalCheck::Times, RefusalReason::ClaimsMissing);
    if (now >= *expiresAt + policy.leeway)
        return failedCheck(RefusalCheck::Times, RefusalReason::Expired, {}, expiresAt);
    const TimePoint begins = std::max(*issuedAt, *notBefore);
    if (now + policy.leeway < begins)
        return failedCheck(RefusalCheck::Times, RefusalReason::NotYetValid, {}, begins);
    RefusalCheckView view = passedCheck(RefusalCheck::Times);
    view.at = expiresAt;
    return view;
}

} // namespace

QList<RefusalCheckView> token_checks::ofAccessToken(const ParsedJwt &jwt, const KeyRing &ring, const TokenPolicy &policy, TimePoint now)
{
    const QString kid = jwt.header.value("kid"_L1).toString();
    const SigningKey *key = kid.isEmpty() ? nullptr : ring.find(kid);
    const bool mayVerify = key && key->purpose == KeyPurpose::Access && key->material;
    const bool isSigned = mayVerify && isSignedBy(jwt, *key->material);
    return {passedCheck(RefusalCheck::Form),
            keyCheck(key, kid, now),
            !mayVerify ? skippedCheck(RefusalCheck::Signature)
            : isSigned ? passedCheck(RefusalCheck::Signature)
                       : failedCheck(RefusalCheck::Signature, RefusalReason::SignatureWrong),
            kindCheck(jwt),
            equalCheck(RefusalCheck::Issuer, RefusalReason::IssuerOther, jwt.claims.value("iss"_L1), policy.issuer),
            equalCheck(RefusalCheck::Audience, RefusalReason::AudienceOther, jwt.claims.value("aud"_L1), policy.audience),
            timesCheck(jwt.claims, policy, now)};
}

RefusalCheckView token_checks::ofSession(const std::optional<Session> &session, const QString &by, TimePoint now)
{
    if (!session)
        return failedCheck(RefusalCheck::Session, RefusalReason::SessionUnknown);
    if (session->revokedAt) {
        const QString reason = session->revokedReason ? nameOf(*session->revokedReason) : QString();
        RefusalCheckView view = failedCheck(RefusalCheck::Session, RefusalReason::SessionEnded, reason, session->revokedAt);
        view.by = by;
        return view;
    }
    const TimePoint end = std::min(session->idleExpiresAt, session->expiresAt);
    if (!isLive(*session, now))
        return failedCheck(RefusalCheck::Session, RefusalReason::SessionExpired, {}, end);
    RefusalCheckView view = passedCheck(RefusalCheck::Session);
    view.at = end;
    return view;
}

RefusalCheckView token_checks::ofGeneration(const Session &session, qint64 generation, const SessionPolicy &policy, TimePoint now)
{
    RefusalCheckView view = passedCheck(RefusalCheck::Generation, QString::number(generation));
    view.expected = QString::number(session.generation);
    switch (rotationFor(session, generation, policy, now)) {
    case Rotation::Rotate: break;
    case Rotation::Repeat: view.reason = RefusalReason::TokenRepeated; break;
    case Rotation::Ahead:  view.reason = RefusalReason::TokenAhead; break;
    case Rotation::Reused:
        view.outcome = CheckOutcome::Failed;
        view.reason = RefusalReason::TokenSpent;
        break;
    }
    return view;
}

RefusalCheckView token_checks::ofRequest(const RefusedRequestView &request)
{
    if (request.code == ErrorCode::OriginRefused)
        return failedCheck(RefusalCheck::Origin, RefusalReason::OriginRefused, request.why);
    if (request.code == ErrorCode::CsrfFailed)
        return failedCheck(RefusalCheck::Csrf, RefusalReason::CsrfWrong, request.why);
    if (!request.rule.isEmpty())
        return failedCheck(RefusalCheck::Limit, RefusalReason::LimitReached, request.rule);
    if (request.code == ErrorCode::AddressBlocked)
        return failedCheck(RefusalCheck::Block, RefusalReason::NetworkBlocked, request.address);
    return failedCheck(RefusalCheck::Other, RefusalReason::Said, request.why);
}

bool token_checks::haveAllPassed(const QList<RefusalCheckView> &checks)
{
    return std::ranges::none_of(checks, [](const RefusalCheckView &each) { return each.outcome == CheckOutcome::Failed; });
}

} // namespace warder
