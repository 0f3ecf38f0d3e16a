#include "core/ratelimit/RateRuleStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr QStringView ruleColumns = u"name, title, routes, key, amount, period, burst, longest, action, enabled";

RateRule toRule(const Row &row)
{
    return {.name = row.text(0),
            .title = row.text(1),
            .routes = row.texts(2),
            .key = fromName<RateKey>(row.text(3)).value_or(RateKey::Address),
            .rate = {.amount = row.integer(4), .period = Seconds {row.integer(5)}, .burst = row.integer(6)},
            .longest = Seconds {row.integer(7)},
            .action = fromName<RateAction>(row.text(8)).value_or(RateAction::Deny),
            .enabled = row.flag(9)};
}

qint64 secondsOf(Seconds time) { return time.count(); }

} // namespace

Result<QList<RateRule>> RateRuleStore::all(DbConnection &connection)
{
    static const QString sql = u"SELECT %1 FROM rate_rules ORDER BY created_at, name"_s.arg(ruleColumns);
    return connection.all(sql, {}, toRule);
}

Result<void> RateRuleStore::put(DbConnection &connection, const RateRule &rule, TimePoint now)
{
    static const QString sql =
        u"INSERT INTO rate_rules (%1, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
        "title = excluded.title, routes = excluded.routes, key = excluded.key, amount = excluded.amount, period = excluded.period, "
        "burst = excluded.burst, longest = excluded.longest, action = excluded.action, enabled = excluded.enabled, "
        "updated_at = excluded.updated_at"_s.arg(ruleColumns);
    return connection.perform(sql, {rule.name, bound(rule.title), bound(rule.routes), nameOf(rule.key), rule.rate.amount,
                                    secondsOf(rule.rate.period), rule.rate.burst, secondsOf(rule.longest), nameOf(rule.action),
                                    bound(rule.enabled), bound(now), bound(now)});
}

Result<void> RateRuleStore::remove(DbConnection &connection, const QString &name)
{
    return connection.perform(u"DELETE FROM rate_rules WHERE name = ?"_s, {bound(name)});
}

} // namespace warder
