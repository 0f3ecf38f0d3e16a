#include "ui/limits/RuleChanges.h"

namespace warder {
namespace {

template <typename T>
std::optional<T> changed(const T &from, const T &to)
{
    return from == to ? std::nullopt : std::optional<T>(to);
}

} // namespace

RuleWish RuleChanges::between(const RuleView &from, const RuleView &to)
{
    return {.name = to.name,
            .title = changed(from.title, to.title),
            .routes = changed(from.routes, to.routes),
            .key = changed(from.key, to.key),
            .amount = changed(from.amount, to.amount),
            .period = changed(from.period, to.period),
            .burst = changed(from.burst, to.burst),
            .longest = changed(from.longest, to.longest),
            .action = changed(from.action, to.action),
            .enabled = changed(from.enabled, to.enabled)};
}

bool RuleChanges::isNothing(const RuleWish &wish)
{
    return !wish.title && !wish.routes && !wish.key && !wish.amount && !wish.period && !wish.burst && !wish.longest && !wish.action
           && !wish.enabled;
}

RuleWish RuleChanges::whole(const RuleView &rule)
{
    return {.name = rule.name,
            .title = rule.title,
            .routes = rule.routes,
            .key = rule.key,
            .amount = rule.amount,
            .period = rule.period,
            .burst = rule.burst,
            .action = rule.action,
            .enabled = rule.enabled};
}

RuleWish RuleChanges::wholeOwn(const RuleView &rule)
{
    RuleWish wish {.name = rule.name, .amount = rule.amount, .period = rule.period, .enabled = rule.enabled};
    if (rule.counts != RateCount::Requests) {
        wish.longest = rule.longest;
        return wish;
    }
    wish.burst = rule.burst;
    wish.routes = rule.routes;
    wish.key = rule.key;
    wish.action = rule.action;
    return wish;
}

} // namespace warder
