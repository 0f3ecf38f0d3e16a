#include "core/signin/SignInAddresses.h"

#include "core/ratelimit/RateSubject.h"
#include "core/storage/DbConnection.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// How the text of a counted address begins with the two first parts of it, and a text behind all that do. Nothing where it has no two.
struct Neighbourhood
{
    QString first;
    QString last;
};

std::optional<Neighbourhood> neighbourhoodOf(const QString &counted)
{
    const QChar separator = counted.contains(u':') ? u':' : u'.';
    const qsizetype end = counted.indexOf(separator, counted.indexOf(separator) + 1);
    if (end < 0)
        return std::nullopt;
    return Neighbourhood {.first = counted.first(end + 1), .last = counted.first(end) + QChar(separator.unicode() + 1)};
}

} // namespace

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

Result<bool> SignInAddresses::knowsNetworkOf(DbConnection &connection, Id user, const QHostAddress &address)
{
    const auto around = neighbourhoodOf(countedAddressText(address));
    if (!around)
        return contains(connection, user, address);
    return connection
        .number(u"SELECT EXISTS (SELECT 1 FROM sign_in_addresses WHERE user_id = ? AND address >= ? AND address < ?)"_s,
                {bound(user), around->first, around->last})
        .transform([](qint64 found) { return found != 0; });
}

Result<qint64> SignInAddresses::forget(DbConnection &connection, TimePoint before, int limit)
{
    return connection.run(u"DELETE FROM sign_in_addresses WHERE (user_id, address) IN "
                          "(SELECT user_id, address FROM sign_in_addresses WHERE last_at < ? LIMIT ?)"_s,
                          {bound(before), limit});
}

} // namespace warder
