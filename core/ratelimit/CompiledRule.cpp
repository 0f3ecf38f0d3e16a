#include "core/ratelimit/CompiledRule.h"

#include "core/ratelimit/RateDecision.h"

namespace warder {

CompiledRule CompiledRule::from(const RateRule &rule, int number, size_t hashSeed)
{
    const std::chrono::microseconds patience = rule.action == RateAction::Delay ? RateDecision::longestDelay : Milliseconds {0};
    return {.rule = rule,
            .seed = qHashMulti(hashSeed, rule.name, int(rule.key)),
            .number = number,
            .patience = patience,
            .tolerance = fullSpan(rule.rate) - emissionInterval(rule.rate) + patience};
}

} // namespace warder
