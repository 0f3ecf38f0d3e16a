#include "core/api/RouteTable.h"

#include "core/base/Text.h"

namespace warder {
namespace {

constexpr QByteArrayView placeholder {"{id}"};

} // namespace

RouteTable::RouteTable(QList<Route> routes) : m_routes(std::move(routes))
{
    for (const Route &route : std::as_const(m_routes)) {
        const bool varies = route.path.endsWith(placeholder);
        if (varies)
            m_byStart[route.path.chopped(placeholder.size())] += &route;
        else
            m_byPath[route.path] += &route;
    }
}

RouteTable::Match RouteTable::find(HttpMethod method, const QByteArray &path) const
{
    if (const auto exact = m_byPath.constFind(path); exact != m_byPath.cend())
        return among(*exact, method, {});
    const qsizetype slash = path.lastIndexOf('/');
    const auto varying = m_byStart.constFind(path.first(slash + 1));
    const QByteArray last = path.sliced(slash + 1);
    if (slash < 0 || last.isEmpty() || varying == m_byStart.cend())
        return {};
    return among(*varying, method, fromUtf8(QByteArray::fromPercentEncoding(last)).value_or(QString()));
}

RouteTable::Match RouteTable::among(const QList<const Route *> &rows, HttpMethod method, const QString &id) const
{
    Match match {.route = nullptr, .id = id, .allowed = {}};
    const HttpMethod wanted = method == HttpMethod::Head ? HttpMethod::Get : method;
    for (const Route *row : rows) {
        if (row->method == wanted)
            match.route = row;
        match.allowed += nameOf(row->method).toByteArray() + (row->method == HttpMethod::Get ? ", HEAD, " : ", ");
    }
    match.allowed += "OPTIONS";
    return match;
}

} // namespace warder
