#include "app/cli/import/IdMap.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QByteArray cell(const QByteArray &text)
{
    const bool isBare = !text.contains(',') && !text.contains('"') && !text.contains('\n') && !text.contains('\r');
    return isBare ? text : '"' + QByteArray(text).replace('"', "\"\"") + '"';
}

std::unexpected<Error> cannot(const QString &path, const QFileDevice &file)
{
    return refused(ErrorCode::InvalidInput, u"%1: %2"_s.arg(path, file.errorString()));
}

} // namespace

Result<std::unique_ptr<IdMap>> IdMap::open(const QString &path)
{
    std::unique_ptr<IdMap> map(new IdMap);
    map->m_path = path;
    if (path.isEmpty())
        return map;
    if (QFile there(path); there.exists())
        return refused(ErrorCode::InvalidInput, u"%1: is there already"_s.arg(path));
    if (QSaveFile file(path); !file.open(QIODevice::WriteOnly)) // better now than after the import
        return cannot(path, file);
    if (!map->m_rows.open())
        return cannot(path, map->m_rows);
    return map;
}

void IdMap::add(const QString &oldId, const ImportedUser &user)
{
    if (m_path.isEmpty())
        return;
    QByteArray old = oldId.toUtf8();
    m_rows.write(QByteArray::number(user.line) + '\t' + old.toBase64() + '\t' + user.id.toString().toLatin1() + '\t'
                 + user.email.trimmed().toUtf8().toBase64() + '\n');
}

Result<void> IdMap::save(const QList<SkippedUser> &skipped)
{
    if (m_path.isEmpty())
        return {};
    QHash<qint64, Id> others;
    for (const SkippedUser &one : skipped)
        others.insert(one.line, one.id);
    QSaveFile file(m_path);
    if (!m_rows.seek(0) || !file.open(QIODevice::WriteOnly))
        return cannot(m_path, file);
    file.write("old_id,id,email\n");
    while (!m_rows.atEnd()) {
        const QByteArrayList row = m_rows.readLine().trimmed().split('\t');
        const auto other = others.constFind(row.value(0).toLongLong());
        const QByteArray id = other == others.cend() ? row.value(2) : other->toString().toLatin1();
        file.write(cell(QByteArray::fromBase64(row.value(1))) + ',' + id + ',' + cell(QByteArray::fromBase64(row.value(3))) + '\n');
    }
    return file.commit() ? Result<void>() : cannot(m_path, file);
}

} // namespace warder
