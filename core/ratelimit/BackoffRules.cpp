#include "core/ratelimit/BackoffRules.h"

#include "core/ratelimit/LoginBackoff.h"

#include <algorithm>

namespace warder {
namespace {

constexpr qint64 mostFree = 1'000'000;

const RateRule *findOn(const QList<RateRule> &rules, QLatin1StringView name)
{
    const auto found = std::ranges::find_if(rules, [name](const RateRule &each) { return each.name == name && each.isOn(); });
    return found == rules.end() ? nullptr : &*found;
}

Backoff backoffBy(const RateRule *rule)
{
    if (!rule)
        return {};
    return {.isOn = true, .free = int(std::min(rule->rate.amount, mostFree)), .longest = rule->longest, .memory = rule->rate.period};
}

} // namespace

BackoffRules BackoffRules::from(const QList<RateRule> &rules)
{
    BackoffRules all;
    all.address = backoffBy(findOn(rules, LoginBackoff::addressRule));
    all.account = backoffBy(findOn(rules, LoginBackoff::accountRule));
    all.code = backoffBy(findOn(rules, mfaBackoffRule));
    if (const RateRule *rule = findOn(rules, LoginBackoff::stuffingRule))
        all.stuffing = {.isOn = true, .amount = rule->rate.amount, .period = rule->rate.period, .longest = rule->longest};
    if (const RateRule *rule = findOn(rules, LoginBackoff::proofRule)) {
        all.isProofOn = true;
        all.proofAfter = rule->rate.amount;
        all.account.memoryInARow = rule->rate.period;
        all.account.dear = std::max<qint64>(all.proofAfter / 2, 1);
    }
    return all;
}

} // namespace warder
