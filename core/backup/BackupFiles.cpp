#include "core/backup/BackupFiles.h"

#include "core/backup/BackupCheck.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype mostFound = 1000;
constexpr qint64 mebibyte = 1024 * 1024;
constexpr qint64 spared = 64 * mebibyte; ///< Bytes that a backup leaves to the server.
constexpr auto growingEnd = ".part"_L1;
constexpr Milliseconds surelyLeft = std::chrono::days {1}; ///< What grows is written to all the time.

/// Of a name that we gave; then what is captured is the database.
QRegularExpressionMatch partsOf(const QString &name)
{
    static const QRegularExpression form(u"\\Awarder-[0-9]{8}T[0-9]{9}Z(?:-([0-9a-f]{8}))?\\.db\\z"_s);
    return form.match(name);
}

/// Nobody named it, and it is of this database. Of a name without one the file says it.
bool isOf(const QString &database, const QString &directory, const QString &name)
{
    const auto parts = partsOf(name);
    if (!parts.hasMatch())
        return false;
    return (parts.hasCaptured(1) ? parts.captured(1) : BackupCheck::databaseOf(directory + u'/' + name)) == database;
}

/// What a crash left half done: of this database, or of nobody knows which and long ago.
bool isLeftOf(const QString &database, const QFileInfo &growing, TimePoint now)
{
    const auto parts = partsOf(growing.fileName().chopped(growingEnd.size()));
    if (!parts.hasMatch() || parts.hasCaptured(1))
        return parts.hasMatch() && parts.captured(1) == database;
    return fromMilliseconds(growing.lastModified().toMSecsSinceEpoch()) < now - surelyLeft;
}

std::unexpected<Error> fileRefusal(const QString &what, const QString &path)
{
    const StorageTrouble trouble = errno == ENOSPC ? StorageTrouble::Full : StorageTrouble::Other;
    return std::unexpected(Error {
        .code = ErrorCode::StorageUnavailable, .detail = u"%1 %2: %3"_s.arg(path, what, qt_error_string(errno)), .trouble = trouble});
}

Result<void> makeFolderOf(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (QFileInfo(folder).isDir())
        return {};
    if (!QDir().mkpath(QFileInfo(folder).absolutePath()) || !platform::makeFolder(folder))
        return fileRefusal(u"cannot be created"_s, folder);
    return {};
}

} // namespace

QString backup_files::nameFor(TimePoint now, const QString &database)
{
    return u"warder-%1-%2.db"_s.arg(toText(now).remove(u'-').remove(u':').remove(u'.'), database);
}

QList<backup_files::Found> backup_files::in(const QString &directory)
{
    QList<Found> all;
    const QFileInfoList files = QDir(directory).entryInfoList({u"*.db"_s}, QDir::Files | QDir::NoSymLinks, QDir::Name | QDir::Reversed);
    for (const QFileInfo &file : files.first(std::min(files.size(), mostFound)))
        all += Found {.path = file.absoluteFilePath(), .size = file.size()};
    return all;
}

bool backup_files::hasRoomFor(qint64 bytes, const platform::Space &space)
{
    const quint64 wanted = quint64(bytes) + quint64(std::min(spared, qint64(space.total / 20))); // of a small disk a twentieth
    return space.available >= wanted;
}

Result<void> backup_files::checkRoom(const QString &path, qint64 bytes, const QString &what)
{
    const auto space = platform::spaceAt(QFileInfo(path).absolutePath());
    if (!space || hasRoomFor(bytes, *space))
        return {};
    return std::unexpected(Error {.code = ErrorCode::StorageUnavailable,
                                  .detail = u"%1: %2 needs %3 MiB, and %4 MiB are left"_s.arg(
                                      path, what, QString::number(bytes / mebibyte + 1), QString::number(space->available / mebibyte)),
                                  .trouble = StorageTrouble::Full});
}

Result<QString> backup_files::begin(const QString &path, qint64 bytes)
{
    if (const auto folder = makeFolderOf(path); !folder)
        return refused(folder);
    if (platform::linkStatusOf(path))
        return refused(ErrorCode::Conflict, u"%1 is there already: choose another name"_s.arg(path));
    if (const auto room = checkRoom(path, bytes, u"a backup"_s); !room)
        return refused(room);
    const QString growing = path + growingEnd;
    discard(growing);
    if (!platform::openLockFile(growing).isOpen())
        return fileRefusal(u"cannot be created"_s, growing);
    return growing;
}

Result<void> backup_files::finish(const QString &growing, const QString &path)
{
    QFile file(growing);
    if (!file.open(QIODevice::ReadOnly) || !platform::sync(file.handle()))
        return fileRefusal(u"cannot be brought to the disk"_s, growing);
    file.close();
    if (!QFile::rename(growing, path)) // never in place of another file
        return fileRefusal(u"cannot be given its name"_s, path);
    platform::syncFolder(QFileInfo(path).absolutePath());
    return {};
}

void backup_files::discard(const QString &growing)
{
    for (const QString &end : {QString(), u"-wal"_s, u"-shm"_s, u"-journal"_s})
        QFile::remove(growing + end);
}

QStringList backup_files::removeOld(const QString &directory, const QString &database, int kept, TimePoint now)
{
    QStringList names;
    for (const Found &file : in(directory))
        names += QFileInfo(file.path).fileName();
    names.removeIf([&](const QString &name) { return !isOf(database, directory, name); });
    std::ranges::stable_partition(names, [newest = nameFor(now, database)](const QString &name) { return name <= newest; });
    QStringList gone;
    for (const QString &name : names.mid(kept)) {
        if (QFile::remove(directory + u'/' + name))
            gone += name;
    }
    const QFileInfoList growing = QDir(directory).entryInfoList({u"warder-*.db"_s + growingEnd}, QDir::Files | QDir::NoSymLinks);
    for (const QFileInfo &file : growing) {
        if (isLeftOf(database, file, now))
            discard(file.filePath());
    }
    return gone;
}

} // namespace warder
