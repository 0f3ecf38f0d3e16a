#pragma once

#include "core/base/Result.h"
#include "core/crypto/SecretBytes.h"

#include <QString>

namespace warder {

class Database;
class Sealer;

/// A key of 32 random bytes that belongs to the database, for what a rotation of the master key could not make anew, such as hashes
/// of what nobody knows: a row of `facts`, sealed, made when it is first needed, and the same for as long as the database lives.
/// Its row in SealedColumns.cpp seals it anew. Any lane.
class SecretFact final
{
public:
    /// `name`: the row's key. `sealer`: of the fact's purpose; must outlive this.
    SecretFact(Database &database, const Sealer &sealer, QLatin1StringView name) : m_database(database), m_sealer(sealer), m_name(name) {}

    /// The first call for a database waits for the writer.
    Result<SecretBytes> value() const;

private:
    Result<SecretBytes> opened(const QByteArray &sealed) const;

    Database &m_database;
    const Sealer &m_sealer;
    const QLatin1StringView m_name;
};

} // namespace warder
