#pragma once

#include "core/crypto/SealingKeys.h"
#include "core/crypto/SecretBytes.h"
#include "core/sealing/Keychain.h"
#include "core/sealing/MasterKeyPolicy.h"

namespace warder {

class Database;

/// A master key and where it came from.
struct FoundMasterKey
{
    VersionedKey key;
    MasterKeySource source = MasterKeySource::File;
};

/// Where the master key of a data directory is. **The first source that has a key is taken; one that fails, or has another database's key,
/// stops the search**: nothing else is tried, and no key is made. The keychain is asked only where master.key says that it has the key.
/// Any thread.
class MasterKeySources final
{
public:
    MasterKeySources(const QString &masterKeyPath, MasterKeyPolicy policy) : m_path(masterKeyPath), m_policy(std::move(policy)) {}

    /// The key that the database is sealed under. A new one is made only where nothing was ever sealed, and if `mayWrite`; what a rotation
    /// or a move that was cut short left behind is then put right, too. The refusal says what to do.
    Result<FoundMasterKey> open(Database &database, bool mayWrite) const;

    /// Puts right what a rotation or a move that was cut short left behind. `found` is in force.
    Result<void> tidy(Database &database, const FoundMasterKey &found) const;

    /// From which source open() would take it, without reading a key; nothing where there is none yet.
    std::optional<MasterKeySource> where() const;

    /// Whether the source has something that may be a key. Reads none, and never asks the keychain.
    bool holds(MasterKeySource source) const;

    /// What one source holds; nothing if it has no key. `check`: of the key that is wanted, which the keychain goes by.
    Result<std::optional<SecretBytes>> read(MasterKeySource source, const QByteArray &check) const;

    /// Where people find it: a path, a variable, the keychain.
    QString placeOf(MasterKeySource source) const;
    /// Why Warder only reads the key there; empty where it may write.
    QString whyReadOnly(MasterKeySource source) const;

    const QString &path() const { return m_path; }
    /// The key that a rotation is about to put in force, where keys are files.
    QString nextPath() const { return m_path + QStringLiteral(".next"); }
    QString credentialPath() const;
    const MasterKeyPolicy &policy() const { return m_policy; }
    /// A new key goes to the keychain, where that works.
    bool prefersKeychain() const { return m_policy.newInKeychain && m_policy.allows(MasterKeySource::Keychain); }
    /// The policy's, or one that says that there is none.
    Keychain &keychain() const;

private:
    std::unexpected<Error> missing(bool wasSealed) const;
    Result<FoundMasterKey> make(Database &database) const;
    Result<void> putNew(const VersionedKey &key, MasterKeySource source) const;
    Result<std::optional<SecretBytes>> readFile(const QByteArray &check) const;
    Result<std::optional<SecretBytes>> readKeychain(const QByteArray &check) const;

    const QString m_path;
    const MasterKeyPolicy m_policy;
};

} // namespace warder
