#pragma once

#include "core/base/Clock.h"
#include "core/crypto/SealingKeys.h"
#include "core/crypto/SecretBytes.h"
#include "core/sealing/MasterKeySources.h"

#include <atomic>

namespace warder {

class Database;
class DbConnection;
class Transaction;

/// What may be known of the master key in force.
struct MasterKeyState
{
    MasterKeySource source = MasterKeySource::File;
    QString place;                  ///< For people.
    quint32 version = 1;            ///< One more with each rotation.
    QString checkCode;              ///< See master_key_text.
    QString whyReadOnly;            ///< Why it cannot be rotated; empty where it can.
    QStringList alsoAt;             ///< Where a key lies besides, which is not used.
    bool couldBeInKeychain = false; ///< A new key would go there.
};

/// The master key of a running core: where it is, its move and its rotation. A move or a rotation that is cut short, wherever that is,
/// leaves a key that opens the database; the next start puts the rest right (MasterKeySources::open()). Those wait for the writer and, each
/// time it is asked, `Keychain::patience` for the keychain. Any thread but the writer, the GUI's and HTTP's.
class MasterKeys final
{
public:
    MasterKeys(Database &database, SealingKeys &keys, MasterKeySources sources, MasterKeySource source)
        : m_database(database), m_keys(keys), m_sources(std::move(sources)), m_source(source)
    {}

    MasterKeyState state() const;
    MasterKeySource source() const { return m_source; }

    /// Puts the key there, reads it back, and only then takes it from where it was. To a source that Warder only reads: makes sure that it
    /// is there already. Conflict when the settings leave the source out, or it has another key.
    Result<MasterKeyState> move(MasterKeySource to, const QString &actor, TimePoint now);

    /// A new key, which everything is sealed anew under in one transaction. Conflict where Warder only reads the key.
    Result<MasterKeyState> rotate(const QString &actor, TimePoint now);

    /// As master_key_text has it; recorded.
    Result<QString> exportText(const QString &actor, TimePoint now);

    /// Puts a key back, from such a text. InvalidInput for another one than the database's.
    Result<MasterKeyState> import(const QString &text, std::optional<MasterKeySource> to, const QString &actor, TimePoint now);

    /// The same for a database that cannot be opened because its key is lost. Gives where it went: `to`, or where the key was.
    static Result<MasterKeySource> restore(Database &database, const MasterKeySources &sources, const QString &text,
                                           std::optional<MasterKeySource> to, const QString &actor, TimePoint now);

private:
    Result<void> mayGoTo(MasterKeySource to) const;
    Result<void> put(const SecretBytes &key, MasterKeySource to);
    Result<void> leave(MasterKeySource from, MasterKeySource to, const QByteArray &check);
    Result<VersionedKey> prepareNext();
    Result<void> sealAnew(const VersionedKey &next, const QString &actor, TimePoint now);
    Result<void> finish(const QByteArray &former);
    Result<void> noteLeftover(const QByteArray &check);
    Result<void> dropLeftover(const QByteArray &check);
    Result<void> finishFormer();
    void stepDone() const;

    Database &m_database;
    SealingKeys &m_keys;
    const MasterKeySources m_sources;
    std::atomic<MasterKeySource> m_source;
};

} // namespace warder
