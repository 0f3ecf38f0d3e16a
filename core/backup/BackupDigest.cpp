#include "core/backup/BackupDigest.h"

#include "core/platform/Files.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype digestLength = 64;
constexpr qint64 readAtOnce = 1024 * 1024;

std::unexpected<Error> unreadableBackup(const QFile &file)
{
    return refused(ErrorCode::StorageUnavailable, u"%1 cannot be read: %2"_s.arg(file.fileName(), file.errorString()));
}

/// Where in the file the digest stands.
Result<qint64> placeOf(QFile &file, const BackupManifestStore::Page &page, const QByteArray &digest)
{
    if (!file.seek(page.offset))
        return unreadableBackup(file);
    // The last such text: before 64 zeros the manifest may have another zero, and after them it has nothing.
    const qsizetype within = digest.size() == digestLength ? file.read(page.size).lastIndexOf(digest) : -1;
    if (within < 0)
        return refused(ErrorCode::StorageFailure, u"%1 has no digest where it should be"_s.arg(file.fileName()));
    return page.offset + within;
}

/// What of `piece`, which begins at `offset` of the file, belongs to the digest does not count.
void blankOut(QByteArray &piece, qint64 offset, qint64 place)
{
    const qint64 begin = std::max(place, offset);
    const qint64 end = std::min(place + digestLength, offset + piece.size());
    for (qint64 at = begin; at < end; ++at)
        piece[qsizetype(at - offset)] = '0';
}

} // namespace

QByteArray backup_digest::blank() { return QByteArray(digestLength, '0'); }

Result<QByteArray> backup_digest::of(const QString &path, const BackupManifestStore::Page &page, const QByteArray &written,
                                     const Stop &stop)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadableBackup(file);
    const auto place = placeOf(file, page, written);
    if (!place)
        return refused(place);
    if (!file.seek(0))
        return unreadableBackup(file);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (qint64 offset = 0; offset < file.size();) {
        if (stop && stop())
            return refused(ErrorCode::Busy, u"it was stopped before it was complete"_s);
        QByteArray piece = file.read(readAtOnce);
        if (piece.isEmpty())
            return unreadableBackup(file);
        blankOut(piece, offset, *place);
        hash.addData(piece);
        offset += piece.size();
    }
    return hash.result().toHex();
}

Result<void> backup_digest::write(const QString &path, const BackupManifestStore::Page &page, const QByteArray &digest)
{
    QFile file(path);
    const auto unwritable = [&file] {
        return refused(ErrorCode::StorageUnavailable, u"%1 cannot be written: %2"_s.arg(file.fileName(), file.errorString()));
    };
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return unwritable();
    const auto place = placeOf(file, page, blank());
    if (!place)
        return refused(place);
    if (!file.seek(*place) || file.write(digest) != digest.size() || !platform::sync(file.handle()))
        return unwritable();
    return {};
}

} // namespace warder
