#pragma once

#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/CompiledRule.h"

#include <functional>
#include <mutex>

namespace warder {

/// Which keys of rules that only tell were told of lately, so that a flood raises one alarm, and a flood of keys few. Any thread; bounded.
class AlertMemory final
{
public:
    static constexpr std::chrono::minutes quiet {5};                  ///< So long nothing more is told of the same key.
    static constexpr Rate perRule {20, std::chrono::minutes {5}, 20}; ///< Keys of one rule.

    /// Whether to tell that the key exceeds its rule.
    bool isNews(const CompiledRule &rule, const BucketKey &key, MicroTime now);

private:
    std::mutex m_mutex;
    BoundedMap<BucketKey, MicroTime, BucketKeyHash> m_told {4096};      ///< When; under the mutex.
    BoundedMap<quint64, MicroTime, std::hash<quint64>> m_budgets {256}; ///< By the rule's seed; under the mutex.
};

} // namespace warder
