#pragma once

#include "core/base/Id.h"
#include "core/base/Result.h"

#include <QList>
#include <QString>

#include <optional>

namespace warder {

class DbConnection;

/// Looks for users by any part of their e-mail address or name, in the table user_search, which has both folded. `key` is searchKey() of
/// what was typed, `deleted` as in UserStore::page(). What is rare is found by its groups of three characters (an FTS5 index of trigrams);
/// what is frequent by a walk through the list, which soon has a page of it. What both are bad at, such as one letter that few have, is a
/// walk through all: a fifth of a second for a million. DbConnection::stopWhen() interrupts each of them.
namespace UserSearch {

/// Where one way ends and the other begins; tests have smaller ones.
struct Bounds
{
    int walkedFirst = 10'000;    ///< Rows that are looked at before the index is asked.
    int mostCandidates = 20'000; ///< Rows that the index may name.
    int mostGroups = 300;        ///< That begin with one or two characters.
};

struct Found
{
    qint64 number; ///< Of the row of user_search.
    QString emailKey;
};
/// By e-mail key, those after `after`, at most `limit`.
Result<QList<Found>> page(DbConnection &connection, const QString &key, const QString &after, int limit, bool deleted,
                          const Bounds &bounds = {});
/// How many page() lists of all. UserCounts has it for whoever asks again and again.
Result<qint64> count(DbConnection &connection, const QString &key, bool deleted, const Bounds &bounds = {});
/// The same where the index tells; nothing where it would name too many, or cannot say: then everybody is to be looked at.
Result<std::optional<qint64>> countByIndex(DbConnection &connection, const QString &key, bool deleted, const Bounds &bounds = {});
/// The same by a look at each whose number is greater than `after` and at most `upTo`. Numbers are from 1, and who came later has a greater
/// one.
Result<qint64> countByWalk(DbConnection &connection, const QString &key, bool deleted, qint64 after, qint64 upTo);
/// The greatest number; 0 where there is nobody.
Result<qint64> newest(DbConnection &connection);
/// Whom page() lists, all of them, in its order.
Result<QList<Id>> all(DbConnection &connection, const QString &key, bool deleted, const Bounds &bounds = {});

} // namespace UserSearch
} // namespace warder
