#include "core/console/BackupViews.h"

namespace warder {

BackupView viewOfBackup(const KnownBackup &known)
{
    BackupView view {.file = known.path, .size = known.size, .key = known.key, .detail = known.checked.detail};
    view.fault = known.checked.fault;
    if (known.verdict) {
        view.checkedAt = known.verdict->at;
        view.fault = view.fault ? view.fault : known.verdict->fault;
    }
    if (const auto &manifest = known.checked.manifest) {
        view.createdAt = manifest->createdAt;
        view.version = manifest->version;
        view.schema = manifest->schema;
        view.users = manifest->users;
        view.sessions = manifest->sessions;
        view.keys = manifest->keys;
        view.keyCode = manifest->keyCode;
    }
    return view;
}

RestorePreview viewOfRestore(const QString &path, const BackupRestore::Preview &preview, KeyFit key)
{
    const BackupManifest manifest = preview.backup.manifest.value_or(BackupManifest {});
    return {.file = path,
            .createdAt = manifest.createdAt,
            .digest = QString::fromLatin1(manifest.digest),
            .users = manifest.users,
            .sessions = manifest.sessions,
            .keyCode = manifest.keyCode,
            .key = key,
            .replaces = preview.isReplacing,
            .difference = preview.difference,
            .whyUnknown = preview.whyUnknown};
}

BackupsView viewOfBackups(const BackupPolicy &policy, const QList<KnownBackup> &known)
{
    BackupsView view {
        .directory = policy.directory, .every = std::chrono::duration_cast<Seconds>(policy.every), .kept = policy.kept, .backups = {}};
    for (const KnownBackup &one : known)
        view.backups += viewOfBackup(one);
    return view;
}

} // namespace warder
