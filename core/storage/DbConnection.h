#pragma once

#include "core/base/Result.h"
#include "core/storage/Row.h"

#include <QHash>
#include <QSqlDatabase>
#include <QString>
#include <QVariantList>

#include <functional>
#include <memory>

namespace warder {

/// One SQLite connection with its prepared statements. Belongs to the thread that made it; Database hands them out.
/// SQL is whole sentences with `?`, and may use `search_key(text)`, which is searchKey() of core/base/Text.h. Refusals
/// carry SQLite's words and what is the trouble: StorageUnavailable for what may pass (a lock, a full disk), StorageFailure for what will
/// not, Conflict for a broken UNIQUE rule. Who reads waits for a lock a second at most, who opens for writing five.
class DbConnection final
{
public:
    /// Immutable: nobody writes the file, and nothing of it lies in a log beside it. SQLite then locks nothing and makes no file, also for
    /// a copy of a database with a write-ahead log; where that is not so it reads nonsense.
    enum class Access { Immutable, ReadOnly, ReadWrite };

    DbConnection(const QString &path, Access access);
    ~DbConnection();
    Q_DISABLE_COPY_MOVE(DbConnection)

    bool isOpen() const { return !m_problem; }

    /// Every row, through `map`, which takes a `const Row &`.
    template <typename Map>
    auto all(const QString &sql, const QVariantList &values, Map map) -> Result<QList<decltype(map(std::declval<const Row &>()))>>
    {
        QList<decltype(map(std::declval<const Row &>()))> rows;
        const auto done = each(sql, values, [&](const Row &row) {
            rows.append(map(row));
            return true;
        });
        if (!done)
            return refused(done);
        return rows;
    }

    /// The first row, if there is one.
    template <typename Map>
    auto one(const QString &sql, const QVariantList &values, Map map) -> Result<std::optional<decltype(map(std::declval<const Row &>()))>>
    {
        std::optional<decltype(map(std::declval<const Row &>()))> first;
        const auto done = each(sql, values, [&](const Row &row) {
            first = map(row);
            return false;
        });
        if (!done)
            return refused(done);
        return first;
    }

    /// The number that the first row is; 0 where there is no row.
    Result<qint64> number(const QString &sql, const QVariantList &values = {});

    /// Row by row, until `take` says false: for what would be too much in a list.
    Result<void> each(const QString &sql, const QVariantList &values, const std::function<bool(const Row &)> &take);

    /// Statements of this connection fail as soon as `stop` says so; it is asked every few microseconds on this thread. An
    /// empty one: nothing stops them.
    void stopWhen(std::function<bool()> stop);

    /// How many rows were changed.
    Result<qint64> run(const QString &sql, const QVariantList &values = {});

    /// The same, where nobody asks how many.
    Result<void> perform(const QString &sql, const QVariantList &values = {});

    /// A statement that is not worth keeping prepared (PRAGMA, DDL, BEGIN).
    Result<void> execute(const QString &sql);

private:
    Result<QSqlQuery *> executed(const QString &sql, const QVariantList &values);

    QSqlDatabase m_database;
    std::optional<Error> m_problem; ///< Why it did not open; every use then fails with it.
    std::unique_ptr<QHash<QString, std::shared_ptr<QSqlQuery>>> m_statements;
    std::function<bool()> m_stop;
};

} // namespace warder
