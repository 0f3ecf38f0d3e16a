#pragma once

#include "core/api/Route.h"

#include <unordered_map>

namespace warder {

/// Finds the row for a request. Immutable after construction; any thread.
class RouteTable final
{
public:
    explicit RouteTable(QList<Route> routes);

    struct Match
    {
        const Route *route = nullptr; ///< Null: no such path, or not with this method.
        QString id;
        QByteArray allowed; ///< "GET, HEAD, OPTIONS"; empty: no such path.
    };
    /// HEAD finds the row of GET.
    Match find(HttpMethod method, const QByteArray &path) const;

    const QList<Route> &routes() const { return m_routes; }

private:
    Match among(const QList<const Route *> &rows, HttpMethod method, const QString &id) const;

    QList<Route> m_routes;
    QHash<QByteArray, QList<const Route *>> m_byPath;
    QHash<QByteArray, QList<const Route *>> m_byStart; ///< `/me/sessions/` for rows that end in `{id}`.
};

} // namespace warder
