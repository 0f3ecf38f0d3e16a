#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/base/TimeText.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace warder {

/// Each value type lists its members once, in a function `members(visit, value)`; Writer and Reader walk that list, so that
/// the two directions cannot differ.
class JsonWriter final
{
public:
    void operator()(QLatin1StringView name, const QString &value) { m_object.insert(name, value); }
    void operator()(QLatin1StringView name, bool value) { m_object.insert(name, value); }
    void operator()(QLatin1StringView name, int value) { m_object.insert(name, value); }
    void operator()(QLatin1StringView name, qint64 value) { m_object.insert(name, value); }
    void operator()(QLatin1StringView name, double value) { m_object.insert(name, value); }
    void operator()(QLatin1StringView name, Seconds value) { m_object.insert(name, qint64(value.count())); }
    void operator()(QLatin1StringView name, TimePoint value) { m_object.insert(name, toText(value)); }
    void operator()(QLatin1StringView name, const Id &value) { m_object.insert(name, value.toString()); }
    void operator()(QLatin1StringView name, const QStringList &value) { m_object.insert(name, QJsonArray::fromStringList(value)); }
    void operator()(QLatin1StringView name, const QList<qint64> &value)
    {
        QJsonArray array;
        for (const qint64 one : value)
            array.append(one);
        m_object.insert(name, array);
    }
    template <typename T>
    void operator()(QLatin1StringView name, const std::optional<T> &value)
    {
        if (value)
            (*this)(name, *value);
    }

    const QJsonObject &object() const { return m_object; }

private:
    QJsonObject m_object;
};

/// The epoch for what is no time.
inline TimePoint timeFromJson(const QJsonValue &json) { return timeFromText(json.toString()).value_or(TimePoint {}); }

class JsonReader final
{
public:
    explicit JsonReader(const QJsonValue &json) : m_object(json.toObject()) {}

    void operator()(QLatin1StringView name, QString &value) const { value = m_object.value(name).toString(); }
    void operator()(QLatin1StringView name, bool &value) const { value = m_object.value(name).toBool(); }
    void operator()(QLatin1StringView name, int &value) const { value = m_object.value(name).toInt(); }
    void operator()(QLatin1StringView name, qint64 &value) const { value = m_object.value(name).toInteger(); }
    void operator()(QLatin1StringView name, double &value) const { value = m_object.value(name).toDouble(); }
    void operator()(QLatin1StringView name, Seconds &value) const { value = Seconds {m_object.value(name).toInteger()}; }
    void operator()(QLatin1StringView name, TimePoint &value) const { value = timeFromJson(m_object.value(name)); }
    void operator()(QLatin1StringView name, Id &value) const { value = Id::fromString(m_object.value(name).toString()).value_or(Id {}); }
    void operator()(QLatin1StringView name, QStringList &value) const
    {
        value.clear();
        for (const auto &one : m_object.value(name).toArray())
            value += one.toString();
    }
    void operator()(QLatin1StringView name, QList<qint64> &value) const
    {
        value.clear();
        for (const auto &one : m_object.value(name).toArray())
            value += one.toInteger();
    }
    template <typename T>
    void operator()(QLatin1StringView name, std::optional<T> &value) const
    {
        value.reset();
        if (m_object.contains(name))
            (*this)(name, value.emplace());
    }

private:
    QJsonObject m_object;
};

} // namespace warder
