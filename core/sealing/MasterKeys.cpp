#include "core/sealing/MasterKeys.h"

#include "core/audit/AuditStore.h"
#include "core/crypto/MasterKey.h"
#include "core/crypto/Primitives.h"
#include "core/sealing/MasterKeyStore.h"
#include "core/sealing/MasterKeyText.h"
#include "core/sealing/SealedColumns.h"
#include "core/storage/Database.h"
#include "core/telemetry/Log.h"

#include <QFile>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

AuditEvent eventOf(QLatin1StringView type, const QString &actor, TimePoint now, const QJsonObject &details)
{
    return {.at = now, .type = type, .actor = actor, .details = details};
}

/// Warder writes there.
bool isOurs(MasterKeySource source) { return source == MasterKeySource::File || source == MasterKeySource::Keychain; }

bool isSame(const SecretBytes &one, const SecretBytes &other) { return equalInConstantTime(one.view(), other.view()); }

} // namespace

/// Before the next one: the file beside may be all that has the key in force.
Result<void> MasterKeys::finishFormer()
{
    const auto tidied = m_sources.tidy(m_database, {.key = m_keys.current(), .source = m_source});
    if (tidied && QFile::exists(m_sources.nextPath()))
        return refused(ErrorCode::CryptoFailure,
                       u"a rotation before this one is not finished: %1 cannot be written"_s.arg(m_sources.path()));
    return tidied;
}

void MasterKeys::stepDone() const
{
    if (m_sources.policy().afterStep)
        m_sources.policy().afterStep();
}

MasterKeyState MasterKeys::state() const
{
    const VersionedKey key = m_keys.current();
    const MasterKeySource source = m_source;
    MasterKeyState state {.source = source,
                          .place = m_sources.placeOf(source),
                          .version = key.version,
                          .checkCode = master_key_text::checkCodeOf(keyCheckValue(key.key)),
                          .whyReadOnly = m_sources.whyReadOnly(source),
                          .alsoAt = {},
                          .couldBeInKeychain = m_sources.prefersKeychain() && source != MasterKeySource::Keychain};
    for (const MasterKeySource other : {MasterKeySource::Credential, MasterKeySource::File, MasterKeySource::Environment}) {
        if (other != source && m_sources.holds(other))
            state.alsoAt += m_sources.placeOf(other);
    }
    return state;
}

Result<void> MasterKeys::noteLeftover(const QByteArray &check)
{
    return m_database.write([&](DbConnection &connection) { return MasterKeyStore::updateLeftover(connection, check); });
}

Result<void> MasterKeys::dropLeftover(const QByteArray &check)
{
    return m_sources.keychain().remove(check).and_then(
        [this] { return m_database.write([](DbConnection &connection) { return MasterKeyStore::removeLeftover(connection); }); });
}

Result<void> MasterKeys::mayGoTo(MasterKeySource to) const
{
    if (!m_sources.policy().allows(to))
        return refused(ErrorCode::Conflict, u"keys.master_key_sources leaves %1 out: name it there first"_s.arg(nameOf(to)));
    for (const MasterKeySource place : {to, MasterKeySource(m_source)}) {
        if (const QString why = m_sources.whyReadOnly(place); isOurs(place) && !why.isEmpty())
            return refused(ErrorCode::Conflict, why);
    }
    return {};
}

Result<void> MasterKeys::put(const SecretBytes &key, MasterKeySource to)
{
    const QByteArray check = keyCheckValue(key);
    if (to == MasterKeySource::File)
        return writeMasterKey(m_sources.path(), key);
    if (to == MasterKeySource::Keychain)
        return noteLeftover(check)
            .and_then([&] {
                stepDone();
                return m_sources.keychain().store(check, key);
            })
            .and_then([&] {
                stepDone();
                return pointToKeychain(m_sources.path()); // the file's key is gone with that
            });
    const auto there = m_sources.read(to, check);
    if (!there)
        return refused(there);
    if (!there->has_value() || !isSame(**there, key))
        return refused(ErrorCode::Conflict,
                       u"%1 %2. Warder cannot write it: put there what `warderd master-key export` gives, start the server anew, and then "
                       "give this order again"_s.arg(m_sources.placeOf(to), there->has_value() ? u"has another key"_s : u"is not there"_s));
    return {};
}

/// Takes away what the place before had, and what only a move needs.
Result<void> MasterKeys::leave(MasterKeySource from, MasterKeySource to, const QByteArray &check)
{
    if (isOurs(from) && !isOurs(to) && !QFile::remove(m_sources.path()))
        return refused(ErrorCode::CryptoFailure,
                       u"%1 has the key, but %2 cannot be removed: do it yourself"_s.arg(m_sources.placeOf(to), m_sources.path()));
    if (from == MasterKeySource::Keychain)
        return dropLeftover(check);
    return to == MasterKeySource::Keychain
               ? m_database.write([](DbConnection &connection) { return MasterKeyStore::removeLeftover(connection); })
               : Result<void>();
}

Result<MasterKeyState> MasterKeys::move(MasterKeySource to, const QString &actor, TimePoint now)
{
    const auto alone = m_keys.holdAll();
    const MasterKeySource from = m_source;
    if (to == from)
        return state();
    if (const auto may = mayGoTo(to); !may)
        return refused(may);
    if (const auto whole = finishFormer(); !whole)
        return refused(whole);
    const SecretBytes key = m_keys.current().key;
    const QByteArray check = keyCheckValue(key);
    if (from == MasterKeySource::Keychain) {
        if (const auto noted = noteLeftover(check); !noted)
            return refused(noted);
    }
    stepDone();
    if (const auto there = put(key, to); !there)
        return refused(there);
    stepDone();
    const auto recorded = m_database.write([&](Transaction &transaction) {
        return AuditStore::append(transaction,
                                  eventOf(audit::masterKeyMoved, actor, now, {{u"from"_s, nameOf(from)}, {u"to"_s, nameOf(to)}}));
    });
    const auto left = recorded.and_then([&] { return leave(from, to, check); });
    m_source = m_sources.where().value_or(to); // a credential that is still there goes before
    if (!left)
        return refusedMidway(left);
    log(LogLevel::Info, "master_key_moved"_L1, {{"from"_L1, nameOf(from)}, {"to"_L1, nameOf(to)}});
    return state();
}

/// Writes the next key beside the one in force, and gives what is read back.
Result<VersionedKey> MasterKeys::prepareNext()
{
    const SecretBytes key = newMasterKey();
    const QByteArray check = keyCheckValue(key);
    const auto there = m_source == MasterKeySource::Keychain ? noteLeftover(check).and_then([&] {
        stepDone();
        return m_sources.keychain().store(check, key);
    })
                                                             : writeMasterKey(m_sources.nextPath(), key);
    if (!there)
        return refused(there);
    return VersionedKey {.key = key, .version = m_keys.current().version + 1};
}

Result<void> MasterKeys::sealAnew(const VersionedKey &next, const QString &actor, TimePoint now)
{
    const QByteArray former = keyCheckValue(m_keys.current().key);
    m_keys.expect(next);
    const auto done = m_database.write([&](Transaction &transaction) -> Result<void> {
        const auto count = sealed_columns::sealAnew(transaction, m_keys, next);
        if (!count)
            return refused(count);
        const auto noted = MasterKeyStore::update(transaction, {.check = keyCheckValue(next.key), .version = next.version}).and_then([&] {
            return m_source == MasterKeySource::Keychain ? MasterKeyStore::updateLeftover(transaction, former) : Result<void>();
        });
        if (!noted)
            return noted;
        transaction.afterCommit([this] { m_keys.advance(); });
        return AuditStore::append(
            transaction, eventOf(audit::masterKeyRotated, actor, now, {{u"version"_s, qint64(next.version)}, {u"sealed"_s, *count}}));
    });
    if (!done)
        m_keys.forget();
    return done;
}

Result<void> MasterKeys::finish(const QByteArray &former)
{
    if (m_source == MasterKeySource::Keychain)
        return dropLeftover(former);
    const auto written = writeMasterKey(m_sources.path(), m_keys.current().key);
    stepDone();
    if (written)
        QFile::remove(m_sources.nextPath());
    return written;
}

Result<MasterKeyState> MasterKeys::rotate(const QString &actor, TimePoint now)
{
    const auto alone = m_keys.holdAll();
    if (const QString why = m_sources.whyReadOnly(m_source); !why.isEmpty())
        return refused(ErrorCode::Conflict,
                       u"%1. To rotate it, take it away from there after `warderd master-key move file`, and start anew"_s.arg(why));
    if (const auto whole = finishFormer(); !whole)
        return refused(whole);
    const QByteArray former = keyCheckValue(m_keys.current().key);
    const auto next = prepareNext();
    if (!next)
        return refused(next);
    stepDone();
    if (const auto sealed = sealAnew(*next, actor, now); !sealed)
        return refused(sealed);
    stepDone();
    const auto finished = finish(former);
    log(LogLevel::Info, "master_key_rotated"_L1, {{"version"_L1, QString::number(next->version)}});
    if (!finished) // the next start tries again
        return refusedMidway(finished);
    return state();
}

Result<QString> MasterKeys::exportText(const QString &actor, TimePoint now)
{
    const auto recorded = m_database.write(
        [&](Transaction &transaction) { return AuditStore::append(transaction, eventOf(audit::masterKeyExported, actor, now, {})); });
    return recorded.transform([this] { return master_key_text::exported(m_keys.current().key); });
}

Result<MasterKeySource> MasterKeys::restore(Database &database, const MasterKeySources &sources, const QString &text,
                                            std::optional<MasterKeySource> to, const QString &actor, TimePoint now)
{
    const auto key = master_key_text::imported(text);
    if (!key)
        return refused(key);
    const auto noted = MasterKeyStore::find(database.reader());
    if (!noted)
        return refused(noted);
    if (!noted->has_value())
        return refused(ErrorCode::Conflict, u"the database has no master key yet: start the server once, which makes one"_s);
    const QByteArray check = keyCheckValue(*key);
    if (!equalInConstantTime(check, (**noted).check))
        return refused(ErrorCode::InvalidInput,
                       u"this is a master key, but not the one of this database: its check code is %1, and this database's %2"_s.arg(
                           master_key_text::checkCodeOf(check), master_key_text::checkCodeOf((**noted).check)));
    const MasterKeySource target = to.value_or(sources.where().value_or(MasterKeySource::File));
    if (const QString why = sources.whyReadOnly(target); !why.isEmpty())
        return refused(ErrorCode::Conflict, u"%1: put the key there yourself, or say where with --to"_s.arg(why));
    if (!sources.policy().allows(target))
        return refused(ErrorCode::Conflict, u"keys.master_key_sources leaves %1 out: name it there first"_s.arg(nameOf(target)));
    const auto stored = target == MasterKeySource::File
                            ? writeMasterKey(sources.path(), *key)
                            : sources.keychain().store(check, *key).and_then([&] { return pointToKeychain(sources.path()); });
    if (!stored)
        return refused(stored);
    const QJsonObject details {{u"to"_s, nameOf(target)}};
    return database
        .write([&](Transaction &transaction) {
            return AuditStore::append(transaction, eventOf(audit::masterKeyImported, actor, now, details));
        })
        .transform([&] { return target; });
}

Result<MasterKeyState> MasterKeys::import(const QString &text, std::optional<MasterKeySource> to, const QString &actor, TimePoint now)
{
    const auto alone = m_keys.holdAll();
    const auto restored = restore(m_database, m_sources, text, to ? *to : MasterKeySource(m_source), actor, now);
    if (!restored)
        return refused(restored);
    m_source = m_sources.where().value_or(*restored);
    return state();
}

} // namespace warder
