#include "core/ratelimit/RateNetworkStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr QStringView networkColumns = u"id, network, standing, reason, until, created_at, created_by";

NetworkRule toNetworkRule(const Row &row)
{
    return {.id = row.id(0),
            .network = row.text(1),
            .standing = fromName<NetworkStanding>(row.text(2)).value_or(NetworkStanding::Blocked),
            .reason = row.text(3),
            .until = row.optionalTime(4),
            .createdAt = row.time(5),
            .createdBy = row.text(6)};
}

} // namespace

Result<QList<NetworkRule>> RateNetworkStore::all(DbConnection &connection)
{
    static const QString sql = u"SELECT %1 FROM rate_networks"_s.arg(networkColumns);
    return connection.all(sql, {}, toNetworkRule);
}

Result<void> RateNetworkStore::put(DbConnection &connection, const NetworkRule &rule)
{
    static const QString sql = u"INSERT INTO rate_networks (%1) VALUES (?, ?, ?, ?, ?, ?, ?)"_s.arg(networkColumns);
    return connection.perform(u"DELETE FROM rate_networks WHERE network = ?"_s, {rule.network}).and_then([&] {
        return connection.perform(sql, {bound(rule.id), rule.network, nameOf(rule.standing), bound(rule.reason), bound(rule.until),
                                        bound(rule.createdAt), bound(rule.createdBy)});
    });
}

Result<void> RateNetworkStore::remove(DbConnection &connection, Id id)
{
    const auto removed = connection.run(u"DELETE FROM rate_networks WHERE id = ?"_s, {bound(id)});
    if (!removed)
        return refused(removed);
    return *removed == 1 ? Result<void>() : refused(ErrorCode::NotFound, u"no such network"_s);
}

Result<qint64> RateNetworkStore::removeOver(DbConnection &connection, TimePoint now)
{
    return connection.run(u"DELETE FROM rate_networks WHERE until <= ?"_s, {bound(now)});
}

} // namespace warder
