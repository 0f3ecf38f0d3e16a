#include "core/base/Text.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/LocalConsole.h"
#include "core/ratelimit/RateLimiter.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

RuleView viewOf(const ConsoleContext &console, const RateRule &rule, TimePoint now)
{
    RuleView view {.name = rule.name,
                   .appliesTo = console.server.limitedRoutes().value(rule.route).join(u", "_s),
                   .key = rule.key,
                   .amount = rule.rate.amount,
                   .period = rule.rate.period,
                   .burst = rule.rate.burst,
                   .enabled = rule.enabled,
                   .deniedHistory = {}};
    for (const RatePoint &minute : console.limiter.lastTenMinutes(rule.name, now)) {
        view.allowed += minute.allowed;
        view.denied += minute.denied;
        view.deniedHistory += minute.denied;
    }
    return view;
}

Result<QList<RuleView>> rules(ConsoleContext &console, const ListRules &)
{
    QList<RuleView> views;
    for (const RateRule &rule : console.limiter.rules())
        views += viewOf(console, rule, console.now());
    return views;
}

Result<QList<LimitPoint>> history(ConsoleContext &console, const ReadLimitHistory &order)
{
    return viewsOf(console.limiter.history(order.rule, order.window, console.now()));
}

Result<QList<LimitedView>> limited(ConsoleContext &console, const ListLimited &)
{
    return viewsOf(console.limiter.limitedNow(console.now()));
}

Result<void> unblock(ConsoleContext &console, const Unblock &order)
{
    if (!console.limiter.unblock(order.rule, order.key, console.now()))
        return refused(ErrorCode::NotFound, u"%1 is not limited by %2 now"_s.arg(shortened(order.key), shortened(order.rule)));
    return {};
}

} // namespace

void LocalConsole::addLimitHandlers() { add(rules, history, limited, unblock); }

} // namespace warder
