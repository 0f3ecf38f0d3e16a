#include "core/backup/BackupStore.h"

#include "core/storage/DbConnection.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

const QString lastBackupFact = u"backup_last"_s;
const QString verdictPrefix = u"backup_verdict:"_s;

Result<void> setBackupFact(DbConnection &connection, const QString &fact, const QByteArray &value)
{
    return connection.perform(u"INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"_s,
                              {fact, value});
}

/// "1796220180123" or "1796220180123 damaged".
BackupVerdict toVerdict(const QByteArray &value)
{
    const QList<QByteArray> words = value.split(' ');
    return {.at = fromMilliseconds(words.value(0).toLongLong()), .fault = fromName<BackupFault>(QString::fromLatin1(words.value(1)))};
}

} // namespace

Result<QString> BackupStore::codeOf(DbConnection &connection)
{
    return connection.number(u"SELECT applied_at FROM schema_migrations WHERE version = 1"_s).transform([](qint64 bornAt) {
        const QByteArray digest = QCryptographicHash::hash(QByteArray::number(bornAt), QCryptographicHash::Sha256);
        return QString::fromLatin1(digest.first(4).toHex());
    });
}

Result<std::optional<TimePoint>> BackupStore::findLast(DbConnection &connection)
{
    return connection.one(u"SELECT value FROM facts WHERE key = ?"_s, {lastBackupFact},
                          [](const Row &row) { return fromMilliseconds(row.bytes(0).toLongLong()); });
}

Result<void> BackupStore::updateLast(DbConnection &connection, TimePoint at)
{
    return setBackupFact(connection, lastBackupFact, QByteArray::number(toMilliseconds(at)));
}

Result<QHash<QString, BackupVerdict>> BackupStore::verdicts(DbConnection &connection)
{
    QHash<QString, BackupVerdict> all;
    return connection
        .each(u"SELECT key, value FROM facts WHERE key >= 'backup_verdict:' AND key < 'backup_verdict;'"_s, {},
              [&all](const Row &row) {
                  all.insert(row.text(0).sliced(verdictPrefix.size()), toVerdict(row.bytes(1)));
                  return true;
              })
        .transform([&all] { return all; });
}

Result<void> BackupStore::updateVerdict(DbConnection &connection, const QString &path, const BackupVerdict &verdict)
{
    QByteArray value = QByteArray::number(toMilliseconds(verdict.at));
    if (verdict.fault)
        value += ' ' + nameOf(*verdict.fault).toLatin1();
    return setBackupFact(connection, verdictPrefix + path, value);
}

Result<void> BackupStore::removeVerdict(DbConnection &connection, const QString &path)
{
    return connection.perform(u"DELETE FROM facts WHERE key = ?"_s, {verdictPrefix + path});
}

} // namespace warder
