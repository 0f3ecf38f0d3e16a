#include "core/signin/SignInAddresses.h"

#include "core/ratelimit/RateSubject.h"
#include "core/storage/DbConnection.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace warder {

Result<void> SignInAddresses::note(DbConnection &connection, Id user, const QHostAddress &address, TimePoint now)
{
    return connection.perform(u"INSERT INTO sign_in_addresses (user_id, address, last_at) VALUES (?, ?, ?) "
                              "ON CONFLICT (user_id, address) DO UPDATE SET last_at = excluded.last_at"_s,
                              {bound(user), countedAddressText(address), bound(now)});
}

Result<bool> SignInAddresses::contains(DbConnection &connection, Id user, const QHostAddress &address)
{
    const QString counted = countedAddressText(address);
    const auto found = connection.one(u"SELECT 1 FROM sign_in_addresses WHERE user_id = ? AND address = ?"_s, {bound(user), counted},
                                      [](const Row &) { return true; });
    if (!found)
        return refused(found);
    if (found->has_value())
        return true;
    // Rows of before addresses were counted; nobody writes new ones, and they are forgotten like all others.
    const auto whole = connection.all(u"SELECT address FROM sign_in_addresses WHERE user_id = ? "
                                      "AND (address = '' OR address LIKE '%:%' AND address NOT LIKE '%/64')"_s,
                                      {bound(user)}, [](const Row &row) { return countedAddressText(QHostAddress(row.text(0))); });
    return whole.transform([&counted](const QStringList &all) { return all.contains(counted); });
}

Result<qint64> SignInAddresses::forget(DbConnection &connection, TimePoint before, int limit)
{
    return connection.run(u"DELETE FROM sign_in_addresses WHERE (user_id, address) IN "
                          "(SELECT user_id, address FROM sign_in_addresses WHERE last_at < ? LIMIT ?)"_s,
                          {bound(before), limit});
}

} // namespace warder
