#include "core/ratelimit/RateDecision.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

Seconds roundedUp(Milliseconds time) { return std::chrono::ceil<Seconds>(time); }

QByteArray item(const QString &rule, char first, qint64 count, char second, Seconds time)
{
    return '"' + rule.toLatin1() + "\";" + first + '=' + QByteArray::number(count) + ';' + second + '='
           + QByteArray::number(qint64(time.count()));
}

} // namespace

Error RateDecision::error() const
{
    if (needsProof)
        return {.code = ErrorCode::ProofRequired, .detail = rule};
    return {.code = ErrorCode::LimitReached, .detail = rule, .faults = {}, .retryAfter = std::max(Seconds {1}, roundedUp(retryAfter))};
}

QByteArray RateDecision::rateLimitHeader() const
{
    return limit > 0 ? item(rule, 'r', remaining, 't', roundedUp(resetAfter)) : QByteArray();
}

QByteArray RateDecision::rateLimitPolicyHeader() const { return limit > 0 ? item(rule, 'q', limit, 'w', window) : QByteArray(); }

} // namespace warder
