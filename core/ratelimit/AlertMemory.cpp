#include "core/ratelimit/AlertMemory.h"

namespace warder {

bool AlertMemory::isNews(const CompiledRule &rule, const BucketKey &key, MicroTime now)
{
    const auto isOld = [now](MicroTime at) { return at + quiet <= now || at > now; };
    const std::scoped_lock lock(m_mutex);
    if (const MicroTime *told = m_told.find(key); told && !isOld(*told))
        return false;
    MicroTime &budget = m_budgets.touch(rule.seed, [now](MicroTime tat) { return tat <= now ? Keep::Idle : Keep::Free; });
    const GcraDecision decision = decide(budget, perRule, now);
    budget = decision.tat;
    if (decision.allowed)
        m_told.touch(key, [&](MicroTime at) { return isOld(at) ? Keep::Idle : Keep::Free; }) = now;
    return decision.allowed;
}

} // namespace warder
