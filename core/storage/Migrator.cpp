#include "core/storage/Migrator.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct Applied
{
    int version = 0;
    QByteArray checksum;
};

QString firstText(const Row &row) { return row.text(0); }

Result<void> checkApplied(const QList<Applied> &applied, const QList<Migration> &migrations)
{
    if (migrations.isEmpty())
        return refused(ErrorCode::StorageFailure, u"this program was built without its migrations"_s);
    for (qsizetype i = 0; i < migrations.size(); ++i) {
        if (migrations.at(i).version != int(i) + 1)
            return refused(ErrorCode::StorageFailure, u"migration %1 is missing"_s.arg(i + 1));
    }
    if (applied.size() > migrations.size())
        return refused(
            ErrorCode::StorageFailure,
            u"the database has version %1, this Warder knows %2: use a newer Warder"_s.arg(applied.size()).arg(migrations.size()));
    for (qsizetype i = 0; i < applied.size(); ++i) {
        if (applied.at(i).checksum != migrations.at(i).checksum())
            return refused(
                ErrorCode::StorageFailure,
                u"migration %1 (%2) is not the one this database was made with"_s.arg(applied.at(i).version).arg(migrations.at(i).name));
    }
    return {};
}

/// The steps of one migration and the note that it ran, without the transaction around them.
Result<void> applySteps(DbConnection &connection, const Migration &migration)
{
    for (const QString &statement : splitStatements(QString::fromUtf8(migration.sql))) {
        if (const auto done = connection.execute(statement); !done)
            return refused(ErrorCode::StorageFailure,
                           u"migration %1 (%2): %3"_s.arg(migration.version).arg(migration.name, done.error().detail));
    }
    const auto noted = connection.run(u"INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)"_s,
                                      {migration.version, migration.name, migration.checksum(), QDateTime::currentMSecsSinceEpoch()});
    if (!noted)
        return refused(noted);
    const auto orphan = connection.one(u"PRAGMA foreign_key_check"_s, {}, firstText);
    if (!orphan)
        return refused(orphan);
    if (*orphan)
        return refused(ErrorCode::StorageFailure,
                       u"migration %1 (%2) leaves rows in %3 whose parent is gone"_s.arg(migration.version).arg(migration.name, **orphan));
    return {};
}

Result<void> apply(DbConnection &connection, const Migration &migration)
{
    if (const auto begun = connection.execute(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    const auto done = applySteps(connection, migration).and_then([&] { return connection.execute(u"COMMIT"_s); });
    if (!done)
        (void)connection.execute(u"ROLLBACK"_s);
    return done;
}

Result<void> applyAll(DbConnection &connection, const QList<Migration> &migrations)
{
    // Replacing a table drops the old one, and with foreign keys on that would delete the rows that point at it.
    if (const auto off = connection.execute(u"PRAGMA foreign_keys=OFF"_s); !off)
        return off;
    Result<void> done;
    for (auto next = migrations.begin(); done && next != migrations.end(); ++next)
        done = apply(connection, *next);
    const auto on = connection.execute(u"PRAGMA foreign_keys=ON"_s);
    return done ? on : done;
}

/// "Wrdr", in the database's header: whose file this is (SQLite, application_id). Ours of before have none.
constexpr qint64 ourApplication = 0x57726472;

/// The columns that our table of what has run always had; other programs have tables of that name, too.
constexpr auto columnsOfTable = "name,version,checksum,applied_at"_L1;

std::unexpected<Error> notOurs(const QString &why)
{
    return refused(ErrorCode::StorageFailure, u"this is not a database of Warder's (%1)"_s.arg(why));
}

/// Refuses a file that some other program made. Whether it is ours already: an empty one is not.
Result<bool> isOurs(DbConnection &connection)
{
    const auto application = connection.number(u"PRAGMA application_id"_s);
    if (!application)
        return refused(application);
    if (*application != 0 && *application != ourApplication)
        return notOurs(u"its application_id is %1"_s.arg(*application));
    const auto table = connection.one(u"SELECT name FROM sqlite_schema ORDER BY name <> 'schema_migrations' LIMIT 1"_s, {}, firstText);
    if (!table)
        return refused(table);
    if (!*table)
        return false;
    if (**table != "schema_migrations"_L1)
        return notOurs(u"it has %1, but no schema_migrations"_s.arg(**table));
    const auto columns =
        connection.number(u"SELECT count(*) FROM pragma_table_info('schema_migrations') WHERE instr('%1', name) > 0"_s.arg(columnsOfTable));
    if (!columns)
        return refused(columns);
    return *columns == 4 ? Result<bool>(true) : notOurs(u"its schema_migrations is another program's"_s);
}

/// Makes sure that there is a table of what has run, and that the file says whose it is.
Result<void> makeTable(DbConnection &connection)
{
    return connection
        .execute(u"CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                 "checksum BLOB NOT NULL, applied_at INTEGER NOT NULL) STRICT"_s)
        .and_then([&]() -> Result<void> {
            const auto named = connection.number(u"PRAGMA application_id"_s);
            return named && *named == ourApplication ? Result<void>()
                                                     : connection.execute(u"PRAGMA application_id = %1"_s.arg(ourApplication));
        });
}

Result<void> copyBeside(DbConnection &connection, const QString &path, qsizetype version)
{
    QString target = u"%1.before-%2"_s.arg(path).arg(version);
    QFile::remove(target);
    return connection.execute(u"VACUUM INTO '%1'"_s.arg(target.replace(u'\'', u"''"_s)));
}

} // namespace

QByteArray Migration::checksum() const { return QCryptographicHash::hash(sql, QCryptographicHash::Sha256).toHex(); }

QList<Migration> bundledMigrations()
{
    const QDir folder(u":/warder/sql"_s);
    QList<Migration> found;
    for (const QString &name : folder.entryList({u"*.sql"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            found.append({.version = name.section(u'_', 0, 0).toInt(), .name = name.chopped(4), .sql = file.readAll()});
    }
    return found;
}

QStringList splitStatements(const QString &sql)
{
    // A piece is a comment, something in quotes (a doubled quote makes two of them in a row), a word, or any other character.
    static const QRegularExpression piece(u"--[^\\n]*|/\\*.*?(?:\\*/|\\z)|'[^']*'|\"[^\"]*\"|`[^`]*`|\\[[^\\]]*\\]|\\w+|."_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    QStringList statements;
    QString current;
    int depth = 0; // BEGIN … END of a trigger, CASE … END within it
    for (const auto &match : piece.globalMatch(sql)) {
        const QString text = match.captured();
        if (text.startsWith("--"_L1) || text.startsWith("/*"_L1)) {
            current += u' ';
            continue;
        }
        const QString word = text.toUpper();
        if (word == "BEGIN"_L1 || word == "CASE"_L1)
            ++depth;
        else if (word == "END"_L1)
            --depth;
        if (text == ";"_L1 && depth == 0) {
            if (!current.trimmed().isEmpty())
                statements.append(current.trimmed());
            current.clear();
        } else {
            current += text;
        }
    }
    if (!current.trimmed().isEmpty())
        statements.append(current.trimmed());
    return statements;
}

Result<void> migrate(DbConnection &connection, const QString &path, const QList<Migration> &migrations, Upgrading upgrading)
{
    const auto ours = isOurs(connection);
    if (!ours)
        return refused(ours);
    if (!*ours && upgrading != Upgrading::Create)
        return refused(ErrorCode::StorageFailure, u"the database is empty"_s);
    if (upgrading != Upgrading::Never) {
        if (const auto table = makeTable(connection); !table)
            return table;
    }
    const auto applied = connection.all(u"SELECT version, checksum FROM schema_migrations ORDER BY version"_s, {},
                                        [](const Row &row) { return Applied {.version = int(row.integer(0)), .checksum = row.bytes(1)}; });
    if (!applied)
        return refused(applied);
    if (const auto fit = checkApplied(*applied, migrations); !fit)
        return fit;
    if (applied->size() == migrations.size())
        return {};
    if (upgrading == Upgrading::Never)
        return refused(ErrorCode::StorageFailure,
                       u"the database has version %1 and this Warder makes %2: start the server once, which brings it up to date"_s
                           .arg(applied->size())
                           .arg(migrations.size()));
    if (!applied->isEmpty()) {
        if (const auto copied = copyBeside(connection, path, applied->size() + 1); !copied)
            return copied;
    }
    return applyAll(connection, migrations.sliced(applied->size()));
}

} // namespace warder
