#include "core/backup/BackupManifest.h"

#include "core/accounts/UserStore.h"
#include "core/sealing/MasterKeyStore.h"
#include "core/sealing/MasterKeyText.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/DbConnection.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

BackupManifest toManifest(const Row &row)
{
    return {.createdAt = row.time(0),
            .version = row.text(1),
            .schema = int(row.integer(2)),
            .users = row.integer(3),
            .sessions = row.integer(4),
            .keys = row.integer(5),
            .keyCode = row.text(6),
            .keyVersion = row.integer(7),
            .digest = row.text(8).toLatin1()};
}

} // namespace

Result<BackupManifest> BackupManifestStore::draft(DbConnection &connection, TimePoint now)
{
    const auto schema = connection.number(u"SELECT max(version) FROM schema_migrations"_s);
    const auto users = UserStore::count(connection);
    const auto sessions = SessionStore::countLive(connection, now);
    const auto keys = connection.number(u"SELECT count(*) FROM signing_keys"_s);
    for (const auto *counted : {&schema, &users, &sessions, &keys}) {
        if (!*counted)
            return refused(*counted);
    }
    const auto note = MasterKeyStore::find(connection);
    if (!note)
        return refused(note);
    const MasterKeyNote key = note->value_or(MasterKeyNote {});
    return BackupManifest {.createdAt = now,
                           .version = QStringLiteral(WARDER_VERSION),
                           .schema = int(*schema),
                           .users = *users,
                           .sessions = *sessions,
                           .keys = *keys,
                           .keyCode = key.check.isEmpty() ? QString() : master_key_text::checkCodeOf(key.check),
                           .keyVersion = key.version};
}

Result<void> BackupManifestStore::insert(DbConnection &connection, const BackupManifest &manifest)
{
    return remove(connection)
        .and_then([&] {
            return connection.execute(u"CREATE TABLE backup_manifest (created_at INTEGER NOT NULL, warder TEXT NOT NULL, "
                                      "schema INTEGER NOT NULL, users INTEGER NOT NULL, live_sessions INTEGER NOT NULL, "
                                      "signing_keys INTEGER NOT NULL, master_key TEXT NOT NULL, master_key_version INTEGER NOT NULL, "
                                      "sha256 TEXT NOT NULL) STRICT"_s);
        })
        .and_then([&] {
            return connection.perform(
                u"INSERT INTO backup_manifest (created_at, warder, schema, users, live_sessions, signing_keys, master_key, "
                "master_key_version, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                {bound(manifest.createdAt), manifest.version, manifest.schema, manifest.users, manifest.sessions, manifest.keys,
                 bound(manifest.keyCode), manifest.keyVersion, QString::fromLatin1(manifest.digest)});
        });
}

Result<std::optional<BackupManifest>> BackupManifestStore::find(DbConnection &connection)
{
    const auto there = connection.number(u"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'backup_manifest'"_s);
    if (!there)
        return refused(there);
    if (*there == 0)
        return std::nullopt;
    return connection.one(u"SELECT created_at, warder, schema, users, live_sessions, signing_keys, master_key, master_key_version, sha256 "
                          "FROM backup_manifest"_s,
                          {}, toManifest);
}

Result<void> BackupManifestStore::remove(DbConnection &connection) { return connection.execute(u"DROP TABLE IF EXISTS backup_manifest"_s); }

Result<BackupManifestStore::Page> BackupManifestStore::page(DbConnection &connection)
{
    const auto root = connection.number(u"SELECT rootpage FROM sqlite_schema WHERE name = 'backup_manifest'"_s);
    if (!root)
        return refused(root);
    const auto size = connection.number(u"PRAGMA page_size"_s);
    if (!size)
        return refused(size);
    if (*root < 1 || *size < 1)
        return refused(ErrorCode::StorageFailure, u"it has no manifest"_s);
    return Page {.offset = (*root - 1) * *size, .size = *size};
}

} // namespace warder
