#pragma once

#include "core/ratelimit/CompiledRule.h"
#include "core/ratelimit/NetworkRule.h"
#include "core/ratelimit/RuleFaults.h"

#include <vector>

namespace warder {

/// All that decides about a request, as one immutable value that all threads share until there is a newer one.
class RuleSet final
{
public:
    /// `compiled`: those of `rules` that count requests and are on, in their order.
    RuleSet(QList<RateRule> rules, std::vector<CompiledRule> compiled, const QList<LimitedRoute> &routes, NetworkTable networks);
    Q_DISABLE_COPY_MOVE(RuleSet)

    /// Of all sets of this process no two have the same.
    quint64 generation() const { return m_generation; }

    const QList<RateRule> &rules() const { return m_rules; }
    const NetworkTable &networks() const { return m_networks; }
    /// Nothing for a route of a number that nobody gave.
    const std::vector<const CompiledRule *> &of(int route) const;
    bool isSignIn(int route) const;
    /// Whether *What if* is to know of its requests: it has a group, or a rule. What is asked with each page would push out all else.
    bool isRecorded(int route) const;
    const std::vector<CompiledRule> &compiled() const { return m_compiled; }
    /// Null where there is none of that name that counts requests and is on.
    const CompiledRule *find(const QString &name) const;

private:
    struct Applied
    {
        std::vector<const CompiledRule *> rules;
        bool isSignIn = false;
        bool hasGroup = false;
    };

    const quint64 m_generation;
    const QList<RateRule> m_rules;
    const std::vector<CompiledRule> m_compiled;
    std::vector<Applied> m_routes; ///< By number.
    const NetworkTable m_networks;
};

} // namespace warder
