#include "core/storage/DatabaseCopy.h"

#include "core/platform/Files.h"
#include "core/storage/SqliteError.h"

#include <memory>
#include <utility>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int pagesInStep = 256;      ///< A mebibyte: between two of them somebody may stop it.
constexpr int stepsBetweenSyncs = 16; ///< Written out evenly: one flood at the end would hold up the commits of everybody.
constexpr int patienceForLocksMs = 5000;

struct CloseHandle
{
    void operator()(sqlite3 *handle) const { sqlite3_close(handle); }
};
using CopyHandle = std::unique_ptr<sqlite3, CloseHandle>;

struct FinishBackup
{
    void operator()(sqlite3_backup *backup) const { sqlite3_backup_finish(backup); }
};

std::unexpected<Error> copyFailure(int code, sqlite3 *handle, const QString &path)
{
    const char *words = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    Error error = sqliteError(code, QString::fromUtf8(words));
    error.detail = u"%1: %2"_s.arg(path, error.detail);
    return std::unexpected(error);
}

Result<CopyHandle> openHandle(const QString &path, int flags)
{
    sqlite3 *raw = nullptr;
    const int code = sqlite3_open_v2(path.toUtf8().constData(), &raw, flags, nullptr);
    CopyHandle handle(raw);
    if (code != SQLITE_OK)
        return copyFailure(code, raw, path);
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, patienceForLocksMs);
    return Result<CopyHandle>(std::move(handle));
}

Result<void> executeOn(sqlite3 *handle, const QString &path, const char *sql)
{
    const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>() : Result<void>(copyFailure(code, handle, path));
}

/// A step takes what the snapshot of `source` has. Whether there is more is in `code`.
Result<void> copySteps(sqlite3_backup *backup, const QString &to, const CopyProgress &goOn, int &code)
{
    const platform::Descriptor file = platform::openLockFile(to, false);
    for (int step = 1; (code = sqlite3_backup_step(backup, pagesInStep)) == SQLITE_OK; ++step) {
        const qint64 all = sqlite3_backup_pagecount(backup);
        if (!goOn(all - sqlite3_backup_remaining(backup), all))
            return refused(ErrorCode::Busy, u"it was stopped before it was complete"_s);
        if (step % stepsBetweenSyncs == 0)
            (void)platform::sync(file.get());
    }
    return {};
}

} // namespace

Result<void> copyDatabase(const QString &from, const QString &to, const CopyProgress &goOn)
{
    const auto source = openHandle(from, SQLITE_OPEN_READONLY);
    if (!source)
        return refused(source);
    const auto target = openHandle(to, SQLITE_OPEN_READWRITE);
    if (!target)
        return refused(target);
    // The transaction holds the moment fast. Without it every write of somebody else would make the copy begin anew.
    if (const auto held = executeOn(source->get(), from, "BEGIN; SELECT count(*) FROM sqlite_schema"); !held)
        return held;
    if (const auto quick = executeOn(target->get(), to, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF"); !quick)
        return quick;
    const std::unique_ptr<sqlite3_backup, FinishBackup> backup(sqlite3_backup_init(target->get(), "main", source->get(), "main"));
    if (!backup)
        return copyFailure(sqlite3_extended_errcode(target->get()), target->get(), to);
    int code = SQLITE_OK;
    if (const auto copied = copySteps(backup.get(), to, goOn, code); !copied)
        return copied;
    return code == SQLITE_DONE ? Result<void>() : Result<void>(copyFailure(code, nullptr, to));
}

} // namespace warder
