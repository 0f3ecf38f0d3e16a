#include "core/ratelimit/LimiterMemoryStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 minute = 60;
constexpr qint64 hour = 3600;

KeptCount toCount(const Row &row)
{
    return {
        .rule = row.text(0), .step = Seconds {row.integer(1)}, .from = row.time(2), .allowed = row.integer(3), .denied = row.integer(4)};
}

KeptWait toWait(const Row &row)
{
    return {.rule = row.text(0),
            .address = row.text(1),
            .account = row.text(2),
            .since = row.time(3),
            .until = row.time(4),
            .count = row.integer(5),
            .denials = row.integer(6)};
}

/// One after the other, up to the first that fails.
template <typename T, typename Put>
Result<void> forEach(const QList<T> &all, Put put)
{
    for (const T &each : all) {
        if (const auto done = put(each); !done)
            return done;
    }
    return {};
}

} // namespace

Result<QList<KeptCount>> LimiterMemoryStore::counts(DbConnection &connection, TimePoint now)
{
    return connection.all(u"SELECT rule, step, at, allowed, denied FROM rate_counts WHERE (step = ? AND at > ?) OR (step = ? AND at > ?) "
                          "ORDER BY at"_s,
                          {minute, bound(now - minutesKept), hour, bound(now - hoursKept)}, toCount);
}

Result<void> LimiterMemoryStore::putCounts(DbConnection &connection, const QList<KeptCount> &counts)
{
    return forEach(counts, [&](const KeptCount &each) {
        return connection.perform(u"INSERT INTO rate_counts (rule, step, at, allowed, denied) VALUES (?, ?, ?, ?, ?) ON CONFLICT "
                                  "(rule, step, at) DO UPDATE SET allowed = excluded.allowed, denied = excluded.denied"_s,
                                  {each.rule, qint64(each.step.count()), bound(each.from), each.allowed, each.denied});
    });
}

Result<void> LimiterMemoryStore::removeOldCounts(DbConnection &connection, TimePoint now)
{
    const QString sql = u"DELETE FROM rate_counts WHERE step = ? AND at <= ?"_s;
    return connection.perform(sql, {minute, bound(now - minutesKept)}).and_then([&] {
        return connection.perform(sql, {hour, bound(now - hoursKept)});
    });
}

Result<QList<KeptWait>> LimiterMemoryStore::waits(DbConnection &connection, TimePoint now)
{
    return connection.all(u"SELECT rule, address, account, since, until, count, denials FROM rate_waits WHERE until > ?"_s, {bound(now)},
                          toWait);
}

Result<void> LimiterMemoryStore::replaceWaits(DbConnection &connection, const QList<KeptWait> &waits)
{
    return connection.perform(u"DELETE FROM rate_waits"_s).and_then([&] {
        return forEach(waits, [&](const KeptWait &each) {
            return connection.perform(
                u"INSERT OR REPLACE INTO rate_waits (rule, address, account, since, until, count, denials) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
                {each.rule, bound(each.address), bound(each.account), bound(each.since), bound(each.until), each.count, each.denials});
        });
    });
}

} // namespace warder
