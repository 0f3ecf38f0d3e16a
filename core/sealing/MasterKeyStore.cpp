#include "core/sealing/MasterKeyStore.h"

#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QString checkFact = u"master_key_check"_s;
const QString versionFact = u"master_key_version"_s;
const QString leftoverFact = u"master_key_leftover"_s;

Result<std::optional<QByteArray>> valueOf(DbConnection &connection, const QString &fact)
{
    return connection.one(u"SELECT value FROM facts WHERE key = ?"_s, {fact}, [](const Row &row) { return row.bytes(0); });
}

Result<void> set(DbConnection &connection, const QString &fact, const QByteArray &value)
{
    return connection.perform(u"INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"_s,
                              {fact, value});
}

} // namespace

Result<std::optional<MasterKeyNote>> MasterKeyStore::find(DbConnection &connection)
{
    const auto check = valueOf(connection, checkFact);
    if (!check)
        return refused(check);
    const auto version = valueOf(connection, versionFact);
    if (!version)
        return refused(version);
    if (!check->has_value())
        return std::nullopt;
    return MasterKeyNote {.check = **check, .version = version->value_or("1").toUInt()};
}

Result<void> MasterKeyStore::update(DbConnection &connection, const MasterKeyNote &note)
{
    return set(connection, checkFact, note.check).and_then([&] { return set(connection, versionFact, QByteArray::number(note.version)); });
}

Result<std::optional<QByteArray>> MasterKeyStore::findLeftover(DbConnection &connection) { return valueOf(connection, leftoverFact); }

Result<void> MasterKeyStore::updateLeftover(DbConnection &connection, const QByteArray &check)
{
    return set(connection, leftoverFact, check);
}

Result<void> MasterKeyStore::removeLeftover(DbConnection &connection)
{
    return connection.perform(u"DELETE FROM facts WHERE key = ?"_s, {leftoverFact});
}

} // namespace warder
