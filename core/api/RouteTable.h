#pragma once

#include "core/api/Route.h"
#include "core/net/HttpMethod.h"

namespace warder {

/// Finds the row for a request. A path without placeholders wins over a pattern, and of two patterns the one with more literal segments:
/// `/orgs/{org}/members/me` over `/orgs/{org}/members/{member}`. The winner decides alone: a method that only another pattern has is not
/// allowed. A placeholder is never empty. Immutable after construction; any thread. A lookup compares a path with
/// the patterns of as many segments at most.
class RouteTable final
{
public:
    /// Throws std::logic_error, which says why, for rows that are no table: a malformed pattern, a method twice for one path, patterns of
    /// which neither wins for a path that fits both.
    explicit RouteTable(QList<Route> routes);

    struct Match
    {
        const Route *route = nullptr;                 ///< Null: no such path, or not with this method.
        QHash<QByteArray, QString> placeholders = {}; ///< What stood for each, decoded once.
        QByteArray allowed = {};                      ///< "GET, HEAD, OPTIONS"; empty: no such path.
    };
    /// HEAD finds the row of GET.
    Match find(HttpMethod method, const QByteArray &path) const;

    const QList<Route> &routes() const { return m_routes; }

private:
    using Rows = QList<const Route *>;
    struct Pattern
    {
        QByteArrayList segments;
        Rows rows = {};
    };

    void add(const Route &route);
    Rows &rowsOf(const QByteArray &path, const QByteArrayList &segments);
    static Match among(const Rows &rows, HttpMethod method, QHash<QByteArray, QString> placeholders);

    QList<Route> m_routes;
    QHash<QByteArray, Rows> m_byPath;
    QHash<qsizetype, QList<Pattern>> m_byLength; ///< By the number of segments; those with more literal ones first.
};

} // namespace warder
