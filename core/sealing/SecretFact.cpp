#include "core/sealing/SecretFact.h"

#include "core/crypto/Primitives.h"
#include "core/crypto/Sealer.h"
#include "core/sealing/SealedColumns.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype factSize = 32;

Result<std::optional<QByteArray>> findFact(DbConnection &connection, const QString &name)
{
    return connection.one(u"SELECT value FROM facts WHERE key = ?"_s, {name}, [](const Row &row) { return row.bytes(0); });
}

/// Does nothing where there is one.
Result<void> insertFact(DbConnection &connection, const QString &name, const QByteArray &sealed)
{
    return connection.perform(u"INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"_s, {name, sealed});
}

} // namespace

Result<SecretBytes> SecretFact::opened(const QByteArray &sealed) const
{
    return m_sealer.open(sealed, sealed_columns::contextOfFact(QString(m_name)));
}

Result<SecretBytes> SecretFact::value() const
{
    const QString name(m_name);
    const auto known = findFact(m_database.reader(), name);
    if (!known)
        return refused(known);
    if (*known)
        return opened(**known);
    const auto sealing = m_sealer.hold();
    const QByteArray sealed = m_sealer.seal(SecretBytes(randomBytes(factSize)).view(), sealed_columns::contextOfFact(name));
    const auto stored = m_database.write([&](Transaction &transaction) {
        return insertFact(transaction, name, sealed).and_then([&] { return findFact(transaction, name); });
    });
    if (!stored)
        return refused(stored);
    return opened(stored->value_or(QByteArray())); // another thread's, if that was faster
}

} // namespace warder
