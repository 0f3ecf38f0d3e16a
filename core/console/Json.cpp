#include "core/console/Json.h"

#include "core/base/Id.h"
#include "core/base/Text.h"
#include "core/base/TimeText.h"

#include <cmath>

namespace warder::json {

QString Place::path() const
{
    const QString before = outer ? outer->path() : QString();
    if (index >= 0)
        return u"%1[%2]"_s.arg(before).arg(index);
    return before.isEmpty() ? name.toString() : before + u'.' + name.toString();
}

void Place::require(bool isFine, QAnyStringView otherwise) const
{
    if (isFine || !refusal.isEmpty())
        return;
    const QString where = shortened(path());
    refusal = where.isEmpty() ? otherwise.toString() : u"%1: %2"_s.arg(where, otherwise.toString());
}

QJsonValue Reader::find()
{
    const auto found = m_object.constFind(m_names.back());
    if (found == m_object.constEnd())
        return QJsonValue::Undefined;
    ++m_found;
    return *found;
}

Reader::~Reader()
{
    const QStringList names = m_found == m_object.size() ? QStringList() : m_object.keys();
    for (const QString &name : names)
        Place {.refusal = m_place.refusal, .outer = &m_place, .name = name}.require(m_names.contains(name), "unknown");
    Place {.refusal = m_place.refusal, .outer = &m_place, .name = m_missing}.require(m_missing.isNull(), "missing");
}

void read(const QJsonValue &json, QString &value, const Place &place)
{
    place.require(json.isString(), "is not a text");
    value = json.toString();
}

void read(const QJsonValue &json, bool &value, const Place &place)
{
    place.require(json.isBool(), "is neither true nor false");
    value = json.toBool();
}

void read(const QJsonValue &json, double &value, const Place &place)
{
    place.require(json.isDouble(), "is not a number");
    value = json.toDouble();
}

void read(const QJsonValue &json, TimePoint &value, const Place &place)
{
    const auto time = timeFromText(json.toString());
    place.require(time.has_value(), "is not a time");
    value = time.value_or(TimePoint());
}

void read(const QJsonValue &json, Id &value, const Place &place)
{
    const auto id = Id::fromString(json.toString());
    place.require(id || json == Id().toString(), "is not an id");
    value = id.value_or(Id());
}

void read(const QJsonValue &json, QJsonObject &value, const Place &place)
{
    place.require(json.isObject(), "is not an object");
    value = json.toObject();
}

void read(const QJsonValue &json, QJsonValue &value, const Place &) { value = json; }

void read(const QJsonValue &json, ErrorCode &value, const Place &place)
{
    value = errorCodeFromName(json.toString());
    place.require(json.toString() == nameOf(value), "is no name that is known here");
}

qint64 readWhole(const QJsonValue &json, qint64 least, qint64 most, const Place &place)
{
    const double value = json.toDouble();
    const bool isWhole = json.isDouble() && value == std::floor(value) && value >= double(least) && value <= double(most);
    if (!isWhole)
        place.require(false, u"is not a whole number from %1 to %2"_s.arg(least).arg(most));
    return isWhole ? json.toInteger() : 0;
}

size_t readName(const QString &name, std::span<const QLatin1StringView> names, const Place &place)
{
    const auto found = findByName<size_t>(names, name);
    place.require(found.has_value(), "is no name that is known here");
    return found.value_or(0);
}

} // namespace warder::json
