#include "core/ratelimit/RuleSet.h"

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

quint64 nextGeneration()
{
    static std::atomic<quint64> last = 0;
    return ++last;
}

} // namespace

RuleSet::RuleSet(QList<RateRule> rules, std::vector<CompiledRule> compiled, const QList<LimitedRoute> &routes, NetworkTable networks)
    : m_generation(nextGeneration()), m_rules(std::move(rules)), m_compiled(std::move(compiled)), m_networks(std::move(networks))
{
    for (const LimitedRoute &route : routes) {
        Applied &applied = m_routes.emplace_back();
        applied.isSignIn = route.group == "login"_L1;
        applied.hasGroup = !route.group.isEmpty();
        for (const CompiledRule &each : m_compiled) {
            if (appliesTo(each.rule, route))
                applied.rules.push_back(&each);
        }
    }
}

const std::vector<const CompiledRule *> &RuleSet::of(int route) const
{
    static const std::vector<const CompiledRule *> none;
    return route >= 0 && size_t(route) < m_routes.size() ? m_routes[size_t(route)].rules : none;
}

bool RuleSet::isSignIn(int route) const { return route >= 0 && size_t(route) < m_routes.size() && m_routes[size_t(route)].isSignIn; }

bool RuleSet::isRecorded(int route) const
{
    return route >= 0 && size_t(route) < m_routes.size() && (m_routes[size_t(route)].hasGroup || !m_routes[size_t(route)].rules.empty());
}

const CompiledRule *RuleSet::find(const QString &name) const
{
    const auto found = std::ranges::find_if(m_compiled, [&](const CompiledRule &each) { return each.rule.name == name; });
    return found == m_compiled.end() ? nullptr : &*found;
}

} // namespace warder
