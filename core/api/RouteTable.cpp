#include "core/api/RouteTable.h"

#include "core/base/Text.h"

#include <QSet>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

namespace warder {
namespace {

bool isPlaceholder(const QByteArray &segment) { return segment.startsWith('{'); }

qsizetype literalsOf(const QByteArrayList &segments) { return segments.size() - std::ranges::count_if(segments, isPlaceholder); }

/// A path that fits both exists.
bool overlap(const QByteArrayList &a, const QByteArrayList &b)
{
    for (qsizetype i = 0; i < a.size(); ++i) {
        if (a[i] != b[i] && !isPlaceholder(a[i]) && !isPlaceholder(b[i]))
            return false;
    }
    return true;
}

/// Every path that fits `a` fits `b`, but not the other way round.
bool isNarrower(const QByteArrayList &a, const QByteArrayList &b)
{
    for (qsizetype i = 0; i < a.size(); ++i) {
        if (isPlaceholder(a[i]) && !isPlaceholder(b[i]))
            return false;
    }
    return literalsOf(a) > literalsOf(b);
}

void refuseUnless(bool isGood, const QByteArray &path, const QByteArray &why)
{
    if (!isGood)
        throw std::logic_error(("route " + path + ": " + why).toStdString());
}

void checkForm(const QByteArray &path, const QByteArrayList &segments)
{
    QSet<QByteArray> names;
    refuseUnless(path.startsWith('/'), path, "a path begins with a slash");
    for (const QByteArray &segment : segments) {
        const bool isWhole = segment.startsWith('{') && segment.endsWith('}') && segment.size() > 2;
        refuseUnless(segment.count('{') + segment.count('}') == (isWhole ? 2 : 0), path, "a placeholder is a whole segment");
        refuseUnless(!isWhole || !std::exchange(names, names + QSet {segment}).contains(segment), path, "two placeholders of one name");
    }
}

/// What stands for the placeholders; nothing if the path is none of the pattern's.
std::optional<QHash<QByteArray, QString>> fit(const QByteArrayList &pattern, const QByteArrayList &path)
{
    QHash<QByteArray, QString> values;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (!isPlaceholder(pattern[i])) {
            if (pattern[i] != path[i])
                return std::nullopt;
            continue;
        }
        const auto value = fromUtf8(QByteArray::fromPercentEncoding(path[i]));
        if (!value || value->isEmpty())
            return std::nullopt;
        values.insert(pattern[i].sliced(1).chopped(1), *value);
    }
    return values;
}

} // namespace

RouteTable::RouteTable(QList<Route> routes) : m_routes(std::move(routes))
{
    for (const Route &route : std::as_const(m_routes))
        add(route);
    for (QList<Pattern> &patterns : m_byLength)
        std::ranges::stable_sort(patterns, std::greater(), [](const Pattern &pattern) { return literalsOf(pattern.segments); });
}

void RouteTable::add(const Route &route)
{
    const QByteArrayList segments = route.path.split('/');
    checkForm(route.path, segments);
    Rows &rows = literalsOf(segments) == segments.size() ? m_byPath[route.path] : rowsOf(route.path, segments);
    const bool isNew = std::ranges::none_of(rows, [&route](const Route *other) { return other->method == route.method; });
    refuseUnless(isNew, route.path, "two rows for one method");
    rows.append(&route);
}

RouteTable::Rows &RouteTable::rowsOf(const QByteArray &path, const QByteArrayList &segments)
{
    QList<Pattern> &patterns = m_byLength[segments.size()];
    for (Pattern &other : patterns) {
        if (other.segments == segments)
            return other.rows;
        const bool isClear =
            !overlap(segments, other.segments) || isNarrower(segments, other.segments) || isNarrower(other.segments, segments);
        refuseUnless(isClear, path, "some paths fit this and " + other.segments.join('/') + ", and neither wins");
    }
    return patterns.emplaceBack(Pattern {.segments = segments}).rows;
}

RouteTable::Match RouteTable::find(HttpMethod method, const QByteArray &path) const
{
    if (const auto exact = m_byPath.constFind(path); exact != m_byPath.cend())
        return among(*exact, method, {});
    const auto patterns = m_byLength.constFind(path.count('/') + 1);
    if (patterns == m_byLength.cend())
        return {};
    const QByteArrayList segments = path.split('/');
    for (const Pattern &pattern : *patterns) {
        if (auto values = fit(pattern.segments, segments))
            return among(pattern.rows, method, *std::move(values));
    }
    return {};
}

RouteTable::Match RouteTable::among(const Rows &rows, HttpMethod method, QHash<QByteArray, QString> placeholders)
{
    Match match {.placeholders = std::move(placeholders)};
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
