#include "core/imports/ImportSource.h"

#include "core/imports/CsvUsers.h"
#include "core/imports/JsonUsers.h"
#include "core/imports/SqliteUsers.h"
#include "core/storage/Database.h"

#include <QFile>
#include <QFileInfo>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 enoughToTell = 4096;

std::unexpected<Error> cannot(const QString &path, const QString &why)
{
    return refused(ErrorCode::InvalidInput, u"%1: %2"_s.arg(path, why));
}

Result<std::unique_ptr<QFile>> opened(const QString &path)
{
    if (Database::isFileOfOpen(path)) // before anything opens it
        return cannot(path, u"belongs to the database of this server"_s);
    auto file = std::make_unique<QFile>(path);
    const bool isOpen = path == "-"_L1 ? file->open(stdin, QIODevice::ReadOnly) : file->open(QIODevice::ReadOnly);
    if (!isOpen)
        return cannot(path, file->errorString());
    if (QFileInfo(path).isDir())
        return cannot(path, u"is a folder"_s);
    return file;
}

} // namespace

Result<std::unique_ptr<ImportSource>> ImportSource::open(const QString &path, const QString &table)
{
    auto file = opened(path);
    if (!file)
        return refused(file);
    const QByteArray start = (*file)->peek(enoughToTell);
    if (start.startsWith("SQLite format 3"_ba + '\0'))
        return path == "-"_L1 ? Result<std::unique_ptr<ImportSource>>(cannot(path, u"a database cannot come from stdin: name its file"_s))
                              : SqliteUsers::open(path, table);
    if (!table.isEmpty())
        return cannot(path, u"--table is for an SQLite database, and this is none"_s);
    if (start.startsWith("\xff\xfe") || start.startsWith("\xfe\xff"))
        return cannot(path, u"is UTF-16: save it as UTF-8"_s);
    const bool hasMark = start.startsWith("\xef\xbb\xbf");
    if (hasMark)
        (*file)->read(3);
    const QByteArray text = start.mid(hasMark ? 3 : 0).trimmed();
    if (text.isEmpty())
        return cannot(path, start.size() < enoughToTell ? u"is empty"_s : u"begins with blanks only"_s);
    if (text.startsWith('[') || text.startsWith('{')) {
        auto users = std::make_unique<JsonUsers>(std::move(*file));
        if (JsonUsers::isWrapped(text))
            users->skipToArray();
        return users;
    }
    return CsvUsers::open(std::move(*file)).transform_error([&path](const Error &error) {
        return Error {.code = error.code, .detail = u"%1: %2"_s.arg(path, error.detail)};
    });
}

} // namespace warder
