#include "core/accounts/UserSearch.h"

#include "core/storage/DbConnection.h"

#include <QStringList>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype groupLength = 3;
constexpr qsizetype mostGroupsAsked = 8; ///< Each one costs; these tell enough.

UserSearch::Found toFound(const Row &row) { return {.number = row.integer(0), .emailKey = row.text(1)}; }

QString quotedGroup(QString group) { return u'"' + group.replace(u'"', u"\"\""_s) + u'"'; }

/// That all of the key's groups must be there; of a long one some, spread evenly.
QString matchOfGroups(const std::u32string &key)
{
    const qsizetype groups = qsizetype(key.size()) - groupLength + 1;
    const qsizetype asked = std::min(groups, mostGroupsAsked);
    QStringList parts;
    for (qsizetype i = 0; i < asked; ++i) {
        const qsizetype from = asked == 1 ? 0 : i * (groups - 1) / (asked - 1);
        parts += quotedGroup(QString::fromStdU32String(key.substr(std::size_t(from), std::size_t(groupLength))));
    }
    return parts.join(u" AND "_s);
}

/// That one of the groups must be there that begin with the key; nothing where those are too many.
Result<std::optional<QString>> matchOfBeginning(DbConnection &connection, const QString &key, int mostGroups)
{
    const QString behind = key + QString::fromStdU32String(U"\U0010FFFF");
    const auto groups = connection.all(u"SELECT term FROM user_trigram_terms WHERE term >= ? AND term < ? LIMIT ?"_s,
                                       {key, behind, mostGroups + 1}, [](const Row &row) { return quotedGroup(row.text(0)); });
    if (!groups)
        return refused(groups);
    if (groups->size() > mostGroups)
        return std::nullopt;
    return groups->isEmpty() ? quotedGroup(key) : groups->join(u" OR "_s); // what is too short for a group matches nothing
}

/// Numbers of the rows that may match, as JSON; nothing where the index would name too many, or cannot say.
Result<std::optional<QString>> candidatesFor(DbConnection &connection, const QString &key, const UserSearch::Bounds &bounds)
{
    if (key.isEmpty() || key.contains(QChar(u'\0'))) // where SQLite's text would end
        return std::nullopt;
    const std::u32string characters = key.toStdU32String();
    const auto match = qsizetype(characters.size()) < groupLength ? matchOfBeginning(connection, key, bounds.mostGroups)
                                                                  : Result<std::optional<QString>>(matchOfGroups(characters));
    if (!match || !*match)
        return match;
    qint64 count = 0;
    const auto numbers = connection.one(u"SELECT count(*), json_group_array(rowid) FROM (SELECT rowid FROM user_trigrams "
                                        "WHERE user_trigrams MATCH ? LIMIT ?)"_s,
                                        {**match, bounds.mostCandidates + 1}, [&count](const Row &row) {
                                            count = row.integer(0);
                                            return row.text(1);
                                        });
    if (!numbers)
        return refused(numbers);
    return count > bounds.mostCandidates ? std::nullopt : *numbers;
}

Result<QString> lastKey(DbConnection &connection, const QString &sql, const QVariantList &values)
{
    return connection.one(sql, values, [](const Row &row) { return row.text(0); }).transform([](const std::optional<QString> &key) {
        return key.value_or(QString());
    });
}

/// The next ones, up to that key.
Result<QList<UserSearch::Found>> walk(DbConnection &connection, const QString &key, const QString &after, const QString &upTo, int limit,
                                      bool deleted)
{
    return connection.all(u"SELECT number, email_key FROM user_search WHERE deleted = ? AND email_key > ? AND email_key <= ? "
                          "AND (instr(email, ?) OR instr(name, ?)) ORDER BY email_key LIMIT ?"_s,
                          {bound(deleted), bound(after), bound(upTo), key, key, limit}, toFound);
}

Result<QList<UserSearch::Found>> among(DbConnection &connection, const QString &candidates, const QString &key, const QString &after,
                                       int limit, bool deleted)
{
    return connection.all(u"SELECT s.number, s.email_key FROM json_each(?) AS candidate CROSS JOIN user_search AS s "
                          "ON s.number = candidate.value WHERE s.deleted = ? AND s.email_key > ? "
                          "AND (instr(s.email, ?) OR instr(s.name, ?)) ORDER BY s.email_key LIMIT ?"_s,
                          {candidates, bound(deleted), bound(after), key, key, limit}, toFound);
}

} // namespace

Result<QList<UserSearch::Found>> UserSearch::page(DbConnection &connection, const QString &key, const QString &after, int limit,
                                                  bool deleted, const Bounds &bounds)
{
    if (key.isEmpty())
        return connection.all(u"SELECT number, email_key FROM user_search WHERE deleted = ? AND email_key > ? ORDER BY email_key LIMIT ?"_s,
                              {bound(deleted), bound(after), limit}, toFound);
    const auto near = lastKey(connection,
                              u"SELECT max(email_key) FROM (SELECT email_key FROM user_search WHERE deleted = ? AND email_key > ? "
                              "ORDER BY email_key LIMIT ?)"_s,
                              {bound(deleted), bound(after), bounds.walkedFirst});
    const auto end = lastKey(connection, u"SELECT max(email_key) FROM user_search WHERE deleted = ?"_s, {bound(deleted)});
    if (!near || !end)
        return near ? refused(end) : refused(near);
    auto found = walk(connection, key, after, *near, limit, deleted);
    if (!found || found->size() == limit || *near == *end || near->isEmpty())
        return found;
    const auto candidates = candidatesFor(connection, key, bounds);
    if (!candidates)
        return refused(candidates);
    const int wanted = limit - int(found->size());
    const auto rest =
        *candidates ? among(connection, **candidates, key, *near, wanted, deleted) : walk(connection, key, *near, *end, wanted, deleted);
    if (!rest)
        return rest;
    return *found + *rest;
}

Result<qint64> UserSearch::count(DbConnection &connection, const QString &key, bool deleted, const Bounds &bounds)
{
    const auto byIndex = countByIndex(connection, key, deleted, bounds);
    if (!byIndex)
        return refused(byIndex);
    return *byIndex ? Result<qint64>(**byIndex) : countByWalk(connection, key, deleted, 0, std::numeric_limits<qint64>::max());
}

Result<std::optional<qint64>> UserSearch::countByIndex(DbConnection &connection, const QString &key, bool deleted, const Bounds &bounds)
{
    const auto candidates = candidatesFor(connection, key, bounds);
    if (!candidates)
        return refused(candidates);
    if (!*candidates)
        return std::nullopt;
    return connection
        .number(u"SELECT count(*) FROM json_each(?) AS candidate CROSS JOIN user_search AS s ON s.number = candidate.value "
                "WHERE s.deleted = ? AND (instr(s.email, ?) OR instr(s.name, ?))"_s,
                {**candidates, bound(deleted), key, key})
        .transform([](qint64 number) { return std::optional(number); });
}

/// Of all by the table, as it lies there; of some by their numbers, which have an index. (A plus keeps SQLite from choosing the other one.)
Result<qint64> UserSearch::countByWalk(DbConnection &connection, const QString &key, bool deleted, qint64 after, qint64 upTo)
{
    if (after == 0)
        return connection.number(u"SELECT count(*) FROM user_search WHERE deleted = ? AND +number <= ? AND (instr(email, ?) OR "
                                 "instr(name, ?))"_s,
                                 {bound(deleted), upTo, bound(key), bound(key)});
    return connection.number(u"SELECT count(*) FROM user_search WHERE number > ? AND number <= ? AND +deleted = ? AND (instr(email, ?) OR "
                             "instr(name, ?))"_s,
                             {after, upTo, bound(deleted), bound(key), bound(key)});
}

Result<qint64> UserSearch::newest(DbConnection &connection)
{
    return connection.number(u"SELECT coalesce(max(number), 0) FROM user_search"_s);
}

Result<QList<Id>> UserSearch::all(DbConnection &connection, const QString &key, bool deleted, const Bounds &bounds)
{
    const auto candidates = candidatesFor(connection, key, bounds);
    if (!candidates)
        return refused(candidates);
    const auto toId = [](const Row &row) { return row.id(0); };
    if (!*candidates)
        return connection.all(u"SELECT user_id FROM user_search WHERE deleted = ? AND (? = '' OR instr(email, ?) OR instr(name, ?)) "
                              "ORDER BY email_key"_s,
                              {bound(deleted), bound(key), bound(key), bound(key)}, toId);
    return connection.all(u"SELECT s.user_id FROM json_each(?) AS candidate CROSS JOIN user_search AS s ON s.number = candidate.value "
                          "WHERE s.deleted = ? AND (instr(s.email, ?) OR instr(s.name, ?)) ORDER BY s.email_key"_s,
                          {**candidates, bound(deleted), key, key}, toId);
}

} // namespace warder
