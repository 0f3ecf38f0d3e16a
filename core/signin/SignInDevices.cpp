#include "core/signin/SignInDevices.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<SignInDevices::Known> SignInDevices::find(DbConnection &connection, Id user, const QString &device)
{
    const auto found = connection.one(u"SELECT EXISTS (SELECT 1 FROM sign_in_devices WHERE user_id = ?), "
                                      "EXISTS (SELECT 1 FROM sign_in_devices WHERE user_id = ? AND device = ?)"_s,
                                      {bound(user), bound(user), bound(device)},
                                      [](const Row &row) { return Known {.isAny = row.flag(0), .isThis = row.flag(1)}; });
    return found.transform([](const std::optional<Known> &known) { return known.value_or(Known()); });
}

Result<void> SignInDevices::note(DbConnection &connection, Id user, const QString &device, TimePoint now)
{
    return connection.perform(u"INSERT INTO sign_in_devices (user_id, device, last_at) VALUES (?, ?, ?) "
                              "ON CONFLICT (user_id, device) DO UPDATE SET last_at = excluded.last_at"_s,
                              {bound(user), bound(device), bound(now)});
}

Result<qint64> SignInDevices::forget(DbConnection &connection, TimePoint before, int limit)
{
    return connection.run(u"DELETE FROM sign_in_devices WHERE (user_id, device) IN "
                          "(SELECT user_id, device FROM sign_in_devices WHERE last_at < ? LIMIT ?)"_s,
                          {bound(before), limit});
}

} // namespace warder
