#include "core/console/DenialSteps.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace warder {
namespace {

/// Steps begin at whole multiples of their length.
TimePoint beginOfItsStep(TimePoint time, Seconds step) { return time - time.time_since_epoch() % step; }

qint64 totalOf(const RuleDenialsView &rule) { return std::accumulate(rule.denied.cbegin(), rule.denied.cend(), qint64(0)); }

RuleDenialsView inSteps(const RuleHistory &history, Seconds step)
{
    const TimePoint first = beginOfItsStep(history.points.first().from, step);
    RuleDenialsView view {.rule = history.rule, .title = {}, .denied = {}};
    for (const RatePoint &point : history.points) {
        const qsizetype place = (point.from - first) / step;
        view.denied.resize(place + 1);
        view.denied[place] += point.denied;
    }
    return view;
}

RuleDenialsView together(const QList<RuleDenialsView> &rules)
{
    RuleDenialsView sum {.rule = {}, .title = {}, .denied = QList<qint64>(rules.first().denied.size(), 0)};
    for (const RuleDenialsView &rule : rules)
        std::ranges::transform(sum.denied, rule.denied, sum.denied.begin(), std::plus());
    return sum;
}

} // namespace

DenialsView denialsOf(const QList<RuleHistory> &histories, Seconds step, qsizetype most)
{
    DenialsView view {.from = {}, .step = step, .rules = {}};
    for (const RuleHistory &history : histories) {
        if (history.points.isEmpty())
            continue;
        view.from = beginOfItsStep(history.points.first().from, step);
        view.rules += inSteps(history, step);
    }
    std::ranges::stable_sort(view.rules, std::greater(), totalOf);
    if (view.rules.size() > most) {
        const RuleDenialsView others = together(view.rules.sliced(most));
        view.rules.resize(most);
        view.rules += others;
    }
    return view;
}

} // namespace warder
