#pragma once

#include "core/base/BackupDifference.h"
#include "core/base/BackupFault.h"
#include "core/base/KeyFit.h"
#include "core/base/RestoreOutcome.h"
#include "core/console/orders/Members.h"

#include <optional>
#include <tuple>

namespace warder {

/// A backup's file, and what it says of itself where it can be read.
struct BackupView
{
    QString file; ///< Absolute.
    qint64 size = 0;
    std::optional<TimePoint> createdAt = {};
    QString version = {}; ///< Of the program that made it.
    int schema = 0;
    qint64 users = 0;
    qint64 sessions = 0; ///< Live ones.
    qint64 keys = 0;
    QString keyCode = {}; ///< Check code of the master key that fits; empty: none is needed.
    KeyFit key = KeyFit::Fits;
    std::optional<TimePoint> checkedAt = {}; ///< When all of it was read last, its making among that.
    std::optional<BackupFault> fault = {};   ///< Nothing: it was good then, or nobody looked.
    QString detail = {};                     ///< Of the fault, for people who know the system.

    bool operator==(const BackupView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("file"_L1, v.file, "size"_L1, v.size, "created_at"_L1, v.createdAt, "version"_L1, v.version, "schema"_L1, v.schema,
              "users"_L1, v.users, "sessions"_L1, v.sessions, "keys"_L1, v.keys, "master_key"_L1, v.keyCode, "master_key_here"_L1, v.key,
              "checked_at"_L1, v.checkedAt, "fault"_L1, v.fault, "detail"_L1, v.detail);
    }
};

/// The backups of the folder that the settings name, and how they come there.
struct BackupsView
{
    QString directory;
    Seconds every {0}; ///< 0: only when somebody asks for one.
    int kept = 0;
    QList<BackupView> backups = {}; ///< The newest first.
    QString former = {};            ///< The file of the database that the last restore replaced, for UndoRestore; empty: there is none.
    std::optional<RestoreOutcome> lastRestore = {}; ///< Of this process; nothing where there was none.

    static void members(auto &visit, auto &v)
    {
        visit("directory"_L1, v.directory, "every"_L1, v.every, "kept"_L1, v.kept, "backups"_L1, v.backups, "former"_L1, v.former,
              "last_restore"_L1, v.lastRestore);
    }
};

using ListBackups = OrderFor<BackupsView, "backups.list">;

/// Of what is committed now. Tells how far it is, and heeds that its future is cancelled.
struct CreateBackup : OrderFor<BackupView, "backups.create">
{
    QString file = {}; ///< Absolute, of a file that is not there; empty: named by the time, in the folder of the settings.
    static void members(auto &visit, auto &v) { visit("file"_L1, v.file); }
};

/// Reads all of it. Its faults are no refusal.
struct VerifyBackup : OrderFor<BackupView, "backups.verify">
{
    static constexpr bool onlyReads = true;
    QString file = {}; ///< Absolute, or a name in the folder of the settings.
    static void members(auto &visit, auto &v) { visit("file"_L1, v.file); }
};

/// What a restore would do.
struct RestorePreview
{
    QString file; ///< Absolute.
    TimePoint createdAt;
    QString digest; ///< By which this backup is told from another one of that name.
    qint64 users = 0;
    qint64 sessions = 0;  ///< Live ones.
    QString keyCode = {}; ///< Check code of the master key that fits; empty: none is needed.
    KeyFit key = KeyFit::Fits;
    bool replaces = false;                           ///< There is a database now.
    std::optional<BackupDifference> difference = {}; ///< From that; nothing where it cannot be read.
    QString whyUnknown = {};                         ///< Why there is no difference, though there is a database.

    static void members(auto &visit, auto &v)
    {
        visit("file"_L1, v.file, "created_at"_L1, v.createdAt, "digest"_L1, v.digest, "users"_L1, v.users, "sessions"_L1, v.sessions,
              "master_key"_L1, v.keyCode, "master_key_here"_L1, v.key, "replaces"_L1, v.replaces, "difference"_L1, v.difference,
              "why_unknown"_L1, v.whyUnknown);
    }
};

/// Says what a restore would do, beside everything else, and changes nothing. Tells how far it is, and heeds that its future is cancelled.
struct PreviewRestore : OrderFor<RestorePreview, "backups.previewRestore">
{
    static constexpr bool onlyReads = true;
    QString file = {}; ///< Absolute, or a name in the folder of the settings.
    static void members(auto &visit, auto &v) { visit("file"_L1, v.file); }
};

/// Puts a backup in the place of the database. First it is made ready beside everything else, which tells how far it is and can be
/// cancelled; whoever leaves the local socket by then cancels it. With the answer the server begins to end, and opens again with the
/// backup, in the same process: whoever is connected to it loses the connection. What came of it is BackupsView::lastRestore, also where
/// the answer was lost. Conflict where the backup, or what it would do to users and keys, is not as it was seen (sessions come and go), and
/// where it needs another master key.
struct RestoreBackup : OrderFor<void, "backups.restore">
{
    Id order;            ///< Which lastRestore will name; a new one.
    RestorePreview seen; ///< Without its difference: whatever it would do.
    static void members(auto &visit, auto &v) { visit("order"_L1, v.order, "seen"_L1, v.seen); }
};

/// Puts the database of before the last restore back, in the same way. Conflict where that is not `former` any more.
struct UndoRestore : OrderFor<void, "backups.undoRestore">
{
    Id order;
    QString former; ///< As BackupsView has it.
    static void members(auto &visit, auto &v) { visit("order"_L1, v.order, "former"_L1, v.former); }
};

using BackupOrders = std::tuple<ListBackups, CreateBackup, VerifyBackup, PreviewRestore, RestoreBackup, UndoRestore>;

} // namespace warder
