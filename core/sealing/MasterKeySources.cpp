#include "core/sealing/MasterKeySources.h"

#include "core/crypto/MasterKey.h"
#include "core/crypto/Primitives.h"
#include "core/platform/Process.h"
#include "core/sealing/EnvironmentKey.h"
#include "core/sealing/MasterKeyStore.h"
#include "core/sealing/SealedColumns.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

class NoKeychain final : public Keychain
{
public:
    Result<std::optional<SecretBytes>> read(const QByteArray &) override { return none(); }
    Result<void> write(const QByteArray &, const SecretBytes &) override { return none(); }
    Result<void> remove(const QByteArray &) override { return none(); }

private:
    static std::unexpected<Error> none() { return refused(ErrorCode::CryptoFailure, u"there is no keychain"_s); }
};

bool isKeyOf(const SecretBytes &key, const QByteArray &check) { return equalInConstantTime(keyCheckValue(key), check); }

std::optional<platform::FileStatus> fileOf(const QString &path) { return platform::linkStatusOf(path); }

} // namespace

Keychain &MasterKeySources::keychain() const
{
    static NoKeychain none;
    return m_policy.keychain ? *m_policy.keychain : none;
}

QString MasterKeySources::credentialPath() const { return m_policy.credentials + "/warder-master-key"_L1; }

QString MasterKeySources::placeOf(MasterKeySource source) const
{
    switch (source) {
    case MasterKeySource::Credential:  return u"the credential %1"_s.arg(credentialPath());
    case MasterKeySource::Keychain:    return u"the keychain of %1"_s.arg(platform::nameOf(platform::currentUser()));
    case MasterKeySource::File:        return u"the file %1"_s.arg(m_path);
    case MasterKeySource::Environment: return u"the variable %1"_s.arg(QLatin1StringView(masterKeyVariable));
    }
    Q_UNREACHABLE_RETURN({});
}

QString MasterKeySources::whyReadOnly(MasterKeySource source) const
{
    if (source == MasterKeySource::Credential || source == MasterKeySource::Environment)
        return u"Warder only reads %1"_s.arg(placeOf(source));
    const auto status = fileOf(m_path);
    if (status && (status->kind == platform::FileStatus::Kind::Link || status->owner != platform::currentUser()))
        return u"%1 is a link or belongs to another user, so that Warder only reads it"_s.arg(m_path);
    return {};
}

bool MasterKeySources::holds(MasterKeySource source) const
{
    switch (source) {
    case MasterKeySource::Credential:  return !m_policy.credentials.isEmpty() && fileOf(credentialPath());
    case MasterKeySource::Keychain:    return pointsToKeychain(m_path);
    case MasterKeySource::File:        return fileOf(m_path) && !pointsToKeychain(m_path);
    case MasterKeySource::Environment: return !m_policy.environment.isEmpty();
    }
    Q_UNREACHABLE_RETURN(false);
}

std::optional<MasterKeySource> MasterKeySources::where() const
{
    const auto found = std::ranges::find_if(m_policy.sources, [this](MasterKeySource source) { return holds(source); });
    return found == m_policy.sources.end() ? std::nullopt : std::optional(*found);
}

Result<std::optional<SecretBytes>> MasterKeySources::read(MasterKeySource source, const QByteArray &check) const
{
    const auto parsed = [&](QByteArrayView text) -> Result<std::optional<SecretBytes>> {
        if (const auto key = masterKeyFromText(text))
            return key;
        return refused(ErrorCode::CryptoFailure, u"%1 does not hold 32 bytes in base64: put the right ones there"_s.arg(placeOf(source)));
    };
    if (!holds(source))
        return std::nullopt;
    switch (source) {
    case MasterKeySource::Keychain:    return readKeychain(check);
    case MasterKeySource::File:        return readFile(check);
    case MasterKeySource::Environment: return parsed(m_policy.environment.view());
    case MasterKeySource::Credential:  break;
    }
    const auto opened = platform::openFile(credentialPath()); // its mode is systemd's or Kubernetes' business, and links are usual there
    if (!opened || opened->status.kind != platform::FileStatus::Kind::Regular)
        return refused(ErrorCode::CryptoFailure, u"%1 cannot be read: %2"_s.arg(placeOf(source), qt_error_string(errno)));
    return parsed(SecretBytes(opened->file->read(128)).view());
}

/// Of the two keys that a rotation leaves when it is cut short, the one that the database is sealed under.
Result<std::optional<SecretBytes>> MasterKeySources::readFile(const QByteArray &check) const
{
    const auto key = loadMasterKey(m_path, false);
    if (check.isEmpty() || !fileOf(nextPath()) || (key && isKeyOf(*key, check)))
        return key;
    const auto next = loadMasterKey(nextPath(), false);
    return next && isKeyOf(*next, check) ? next : key;
}

Result<std::optional<SecretBytes>> MasterKeySources::readKeychain(const QByteArray &check) const
{
    if (check.isEmpty()) // nothing was sealed, so there is nothing to look for
        return std::nullopt;
    const QString advice = u"Log in to the desktop, or unlock the keychain, and start again; or put the key back with `warderd master-key "
                           "import --to file`. Without it the signing keys in the database cannot be read"_s;
    const auto key = keychain().read(check);
    if (!key)
        return refused(ErrorCode::CryptoFailure,
                       u"%1 says that the master key is in the keychain, but %2. %3"_s.arg(m_path, key.error().detail, advice));
    if (!key->has_value())
        return refused(
            ErrorCode::CryptoFailure,
            u"%1 says that the master key is in the keychain, but %2 does not give it: it is locked, or another one than before. %3"_s.arg(
                m_path, placeOf(MasterKeySource::Keychain), advice));
    return key;
}

std::unexpected<Error> MasterKeySources::missing(bool wasSealed) const
{
    if (m_policy.allows(MasterKeySource::File) && wasSealed && !pointsToKeychain(m_path)) {
        if (const auto key = loadMasterKey(m_path, false); !key) // it says best that the file is not there
            return refused(key);
    }
    QStringList names;
    for (const MasterKeySource source : m_policy.sources)
        names += nameOf(source);
    if (pointsToKeychain(m_path)) {
        const QString why = m_policy.allows(MasterKeySource::Keychain)
                                ? u", but the database has forgotten which one it is"_s
                                : u", which keys.master_key_sources (%1) leaves out"_s.arg(names.join(u", "_s));
        return refused(ErrorCode::CryptoFailure, u"%1 says that the master key is in the keychain%2"_s.arg(m_path, why));
    }
    return refused(ErrorCode::CryptoFailure,
                   u"none of keys.master_key_sources (%1) has a master key%2"_s.arg(
                       names.join(u", "_s), wasSealed ? u": put it back, without it the signing keys in the database cannot be read"_s
                                                      : u", and Warder makes one in file or keychain only"_s));
}

Result<FoundMasterKey> MasterKeySources::open(Database &database, bool mayWrite) const
{
    const auto noted = MasterKeyStore::find(database.reader());
    if (!noted)
        return refused(noted);
    const auto sealed = sealed_columns::hasAny(database.reader());
    if (!sealed)
        return refused(sealed);
    if (mayWrite && !m_policy.environment.isEmpty())
        log(LogLevel::Warning, "master_key_in_environment"_L1,
            {{"why"_L1,
              u"%1 was readable where the process was started, and is removed now: a credential or a file is a better place"_s.arg(
                  QLatin1StringView(masterKeyVariable))}});
    const bool isNew = !noted->has_value() && !*sealed;
    const MasterKeyNote note = noted->value_or(MasterKeyNote {});
    for (const MasterKeySource source : m_policy.sources) {
        const auto key = read(source, note.check);
        if (!key)
            return refused(key);
        if (!key->has_value())
            continue;
        if (noted->has_value() && !isKeyOf(**key, note.check)) // without the note, the sealed keys themselves will tell
            return refused(ErrorCode::CryptoFailure,
                           u"%1 is not the master key this database was sealed with: put the right one back"_s.arg(placeOf(source)));
        const FoundMasterKey found {.key = {.key = **key, .version = note.version}, .source = source};
        const auto ready = !mayWrite ? Result<void>()
                           : isNew   ? database.write([&](DbConnection &connection) {
                                 return MasterKeyStore::update(connection, {.check = keyCheckValue(**key)});
                             })
                                     : tidy(database, found);
        return ready ? Result<FoundMasterKey>(found) : refused(ready);
    }
    return isNew && mayWrite ? make(database) : missing(!isNew);
}

Result<FoundMasterKey> MasterKeySources::make(Database &database) const
{
    const FoundMasterKey inFile {.key = {.key = newMasterKey()}, .source = MasterKeySource::File};
    const QByteArray check = keyCheckValue(inFile.key.key);
    FoundMasterKey found = inFile;
    if (prefersKeychain()) {
        if (const auto put = putNew(inFile.key, MasterKeySource::Keychain))
            found.source = MasterKeySource::Keychain;
        else
            log(LogLevel::Info, "keychain_not_used"_L1, {{"why"_L1, put.error().detail}});
    }
    if (found.source == MasterKeySource::File) {
        if (!m_policy.allows(MasterKeySource::File))
            return missing(false);
        if (const auto put = putNew(found.key, MasterKeySource::File); !put)
            return refused(put);
    }
    return database.write([&](DbConnection &connection) { return MasterKeyStore::update(connection, {.check = check}); }).transform([&] {
        return found;
    });
}

Result<void> MasterKeySources::putNew(const VersionedKey &key, MasterKeySource source) const
{
    if (source == MasterKeySource::File)
        return writeMasterKey(m_path, key.key);
    return keychain().store(keyCheckValue(key.key), key.key).and_then([this] { return pointToKeychain(m_path); });
}

/// What is left over is not in force any more, or never was. What cannot be put right now is at the next start.
Result<void> MasterKeySources::tidy(Database &database, const FoundMasterKey &found) const
{
    const QByteArray check = keyCheckValue(found.key.key);
    if (fileOf(nextPath())) {
        const auto main = found.source == MasterKeySource::File ? loadMasterKey(m_path, false) : Result<SecretBytes>(found.key.key);
        if ((main && isKeyOf(*main, check)) || writeMasterKey(m_path, found.key.key))
            QFile::remove(nextPath());
    }
    const auto leftover = MasterKeyStore::findLeftover(database.reader());
    if (!leftover || !leftover->has_value())
        return leftover.transform([](const auto &) {});
    if (found.source != MasterKeySource::Keychain || **leftover != check) {
        if (const auto gone = keychain().remove(**leftover); !gone) {
            log(LogLevel::Warning, "keychain_not_tidied"_L1, {{"why"_L1, gone.error().detail}});
            return {};
        }
    }
    return database.write([](DbConnection &connection) { return MasterKeyStore::removeLeftover(connection); });
}

} // namespace warder
