#pragma once

#include "core/console/orders/Backups.h"
#include "ui/support/Tone.h"

#include <QCoreApplication>

namespace warder {

/// What a backup is and how it is, in words. Pure; GUI thread.
class BackupTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::BackupTexts)
public:
    /// "Good", "Not checked yet", "Damaged".
    static QString state(const BackupView &backup);
    static Tone tone(const BackupView &backup);
    /// What that means and what to do, with when it was checked.
    static QString explained(const BackupView &backup, TimePoint now);
    static QString size(const BackupView &backup);
    /// The file without its folder.
    static QString name(const BackupView &backup);
    /// Where backups lie, how often one is made, how many stay.
    static QString arrangement(const BackupsView &all);
    static QString made(const BackupView &backup);
    /// The command that restores it in the place of the database of that data directory: whoever gives it may have another one by default.
    static QString restoreCommand(const BackupView &backup, const QString &dataDirectory);

    static QString restoreQuestion(const RestorePreview &preview);
    /// Which users, sessions and keys differ, a line each, and what follows.
    static QString consequences(const RestorePreview &preview);
    /// Why a server that runs cannot take this backup, and what to do.
    static QString needsOtherKey(const RestorePreview &preview);
    static Tone tone(const RestoreOutcome &came);
    static QString outcome(const RestoreOutcome &came);

private:
    static QString keyRemark(const BackupView &backup);
};

} // namespace warder
