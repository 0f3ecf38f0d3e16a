#include "core/backup/DatabaseFiles.h"

#include "core/platform/Files.h"
#include "core/storage/DbConnection.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString logOf(const QString &path) { return path + "-wal"_L1; }

std::unexpected<Error> notPlaced(const QString &path)
{
    return refused(ErrorCode::StorageUnavailable, u"%1 cannot be put in place: %2"_s.arg(path, qt_error_string(errno)));
}

/// Its index goes: SQLite makes it anew.
Result<void> moveLog(const QString &from, const QString &to)
{
    QFile::remove(from + "-shm"_L1);
    if (!QFile::exists(logOf(from)))
        return {};
    return platform::replaceFile(logOf(from), logOf(to)) ? Result<void>() : Result<void>(notPlaced(logOf(to)));
}

} // namespace

bool database_files::settle(const QString &path)
{
    bool isDone = false;
    {
        DbConnection connection(path, DbConnection::Access::ReadWrite);
        const auto busy = connection.one(u"PRAGMA wal_checkpoint(TRUNCATE)"_s, {}, [](const Row &row) { return row.flag(0); });
        isDone = busy && busy->has_value() && !**busy;
    }
    return isDone && QFileInfo(logOf(path)).size() == 0;
}

Result<void> database_files::keepAs(const QString &path, const QString &kept)
{
    if (!platform::linkFile(path, kept) && !QFile::copy(path, kept)) // where a file system knows no second names
        return notPlaced(kept);
    platform::syncFolder(QFileInfo(kept).absolutePath());
    return moveLog(path, kept); // beside another database it would be taken for that one's
}

Result<void> database_files::putInPlace(const QString &from, const QString &to)
{
    if (!platform::replaceFile(from, to))
        return notPlaced(to);
    const auto moved = moveLog(from, to);
    platform::syncFolder(QFileInfo(to).absolutePath());
    return moved;
}

void database_files::removeAll(const QString &path)
{
    const QFileInfo file(path);
    const QStringList all = file.dir().entryList({file.fileName() + u'*'}, QDir::Files | QDir::Hidden);
    for (const QString &name : all)
        QFile::remove(file.dir().filePath(name));
}

} // namespace warder
