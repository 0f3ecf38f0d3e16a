#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"

#include <QSqlQuery>
#include <QVariant>

#include <optional>

namespace warder {

/// One row of an answer, by column number. Lives only inside the function it is handed to.
class Row final
{
public:
    explicit Row(const QSqlQuery &query) : m_query(query) {}

    qint64 integer(int column) const { return m_query.value(column).toLongLong(); }
    QString text(int column) const { return m_query.value(column).toString(); }
    QByteArray bytes(int column) const { return m_query.value(column).toByteArray(); }
    QStringList texts(int column) const; ///< Of a JSON array.
    bool flag(int column) const { return integer(column) != 0; }
    bool isNull(int column) const { return m_query.isNull(column); }
    Id id(int column) const { return Id::fromBytes(bytes(column)).value_or(Id {}); }
    TimePoint time(int column) const { return fromMilliseconds(integer(column)); }
    std::optional<TimePoint> optionalTime(int column) const { return isNull(column) ? std::nullopt : std::optional(time(column)); }

private:
    const QSqlQuery &m_query;
};

/// What a `?` stands for.
inline QVariant bound(const Id &id) { return id.toBytes(); }
inline QVariant bound(TimePoint time) { return toMilliseconds(time); }
inline QVariant bound(bool flag) { return int(flag); }
inline QVariant bound(std::optional<TimePoint> time) { return time ? bound(*time) : QVariant(QMetaType::fromType<qint64>()); }
QVariant bound(const QStringList &texts); ///< As a JSON array.
/// An empty text is not NULL.
inline QVariant bound(const QString &text) { return text.isNull() ? QStringLiteral("") : text; }

} // namespace warder
