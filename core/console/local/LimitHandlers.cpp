#include "core/base/Text.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/Topics.h"
#include "core/ratelimit/RateLimiter.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

class LimitHandlers final
{
public:
    explicit LimitHandlers(const ConsoleParts &parts) : m_clock(parts.clock), m_limiter(parts.limiter), m_server(parts.server) {}

    Result<QList<RuleView>> rules(const ListRules &);
    Result<QList<LimitPoint>> history(const ReadLimitHistory &order);
    Result<QList<LimitedView>> limited(const ListLimited &) { return viewsOf(m_limiter.limitedNow(m_clock.now())); }
    Result<void> unblock(const Unblock &order);

private:
    RuleView viewOf(const RateRule &rule, TimePoint now) const;

    const Clock &m_clock;
    RateLimiter &m_limiter;
    const ServerControl &m_server;
};

RuleView LimitHandlers::viewOf(const RateRule &rule, TimePoint now) const
{
    RuleView view {.name = rule.name,
                   .appliesTo = m_server.limitedRoutes().value(rule.route).join(u", "_s),
                   .key = nameOf(rule.key),
                   .amount = rule.rate.amount,
                   .period = rule.rate.period,
                   .burst = rule.rate.burst,
                   .enabled = rule.enabled,
                   .deniedHistory = QList<qint64>(10, 0)};
    const QList<RatePoint> seconds = m_limiter.history(rule.name, std::chrono::minutes {10}, now);
    for (const RatePoint &second : seconds) {
        view.allowed += second.allowed;
        view.denied += second.denied;
        const auto minutesAgo = (now - second.from) / std::chrono::minutes {1};
        view.deniedHistory[std::clamp<qsizetype>(9 - minutesAgo, 0, 9)] += second.denied;
    }
    return view;
}

Result<QList<RuleView>> LimitHandlers::rules(const ListRules &)
{
    QList<RuleView> views;
    for (const RateRule &rule : m_limiter.rules())
        views += viewOf(rule, m_clock.now());
    return views;
}

Result<QList<LimitPoint>> LimitHandlers::history(const ReadLimitHistory &order)
{
    QList<LimitPoint> points;
    for (const RatePoint &point : m_limiter.history(order.rule, order.window, m_clock.now()))
        points += LimitPoint {.from = point.from, .allowed = point.allowed, .denied = point.denied};
    return points;
}

Result<void> LimitHandlers::unblock(const Unblock &order)
{
    if (!m_limiter.unblock(order.rule, order.key, m_clock.now()))
        return refused(ErrorCode::NotFound, u"%1 is not limited by %2 now"_s.arg(shortened(order.key), shortened(order.rule)));
    return {};
}

} // namespace

void addLimitHandlers(OrderTable &table, const ConsoleParts &parts)
{
    table.add(std::make_shared<LimitHandlers>(parts), &LimitHandlers::rules, &LimitHandlers::history, &LimitHandlers::limited,
              &LimitHandlers::unblock);
}

} // namespace warder
