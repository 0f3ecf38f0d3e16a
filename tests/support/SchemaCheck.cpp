#include "tests/support/SchemaCheck.h"

#include <QJsonArray>

#include <cmath>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QJsonObject resolved(const QJsonObject &description, const QJsonObject &schema)
{
    if (!schema.contains("$ref"_L1))
        return schema;
    QJsonValue found = description;
    for (const QString &step : schema["$ref"_L1].toString().sliced(2).split(u'/'))
        found = found[step];
    return found.toObject();
}

/// With the members of allOf laid into one.
QJsonObject flattened(const QJsonObject &description, const QJsonObject &schema)
{
    QJsonObject whole = resolved(description, schema);
    for (const QJsonValue part : whole.take("allOf"_L1).toArray()) {
        const QJsonObject other = flattened(description, part.toObject());
        QJsonObject properties = whole["properties"_L1].toObject();
        const QJsonObject more = other["properties"_L1].toObject();
        for (auto property = more.begin(); property != more.end(); ++property)
            properties.insert(property.key(), property.value());
        whole["properties"_L1] = properties;
        QJsonArray required = whole["required"_L1].toArray();
        for (const QJsonValue name : other["required"_L1].toArray())
            required.append(name);
        whole["required"_L1] = required;
    }
    return whole;
}

bool hasType(const QString &type, const QJsonValue &value)
{
    return (type == "null"_L1 && value.isNull()) || (type == "object"_L1 && value.isObject()) || (type == "array"_L1 && value.isArray())
           || (type == "string"_L1 && value.isString()) || (type == "boolean"_L1 && value.isBool())
           || (type == "number"_L1 && value.isDouble())
           || (type == "integer"_L1 && value.isDouble() && std::floor(value.toDouble()) == value.toDouble());
}

QString objectFault(const QJsonObject &description, const QJsonObject &schema, const QJsonObject &value, const QString &place)
{
    const QJsonObject properties = schema["properties"_L1].toObject();
    for (const QJsonValue name : schema["required"_L1].toArray()) {
        if (!value.contains(name.toString()))
            return place + u" lacks "_s + name.toString();
    }
    if (properties.isEmpty())
        return {};
    for (auto member = value.begin(); member != value.end(); ++member) {
        if (!properties.contains(member.key()))
            return place + u" holds the undescribed "_s + member.key();
        const QString fault = schemaFault(description, properties[member.key()].toObject(), *member, place + u'.' + member.key());
        if (!fault.isEmpty())
            return fault;
    }
    return {};
}

} // namespace

QString schemaFault(const QJsonObject &description, const QJsonObject &schema, const QJsonValue &value, const QString &place)
{
    const QJsonObject whole = flattened(description, schema);
    if (whole.contains("anyOf"_L1)) {
        for (const QJsonValue choice : whole["anyOf"_L1].toArray()) {
            if (schemaFault(description, choice.toObject(), value, place).isEmpty())
                return {};
        }
        return place + u" fits none of anyOf"_s;
    }
    if (const QString type = whole["type"_L1].toString(); !type.isEmpty() && !hasType(type, value))
        return place + u" is no "_s + type;
    if (whole.contains("const"_L1) && whole["const"_L1] != value)
        return place + u" is not the constant"_s;
    if (whole.contains("enum"_L1) && !whole["enum"_L1].toArray().contains(value))
        return place + u" is not in the enumeration"_s;
    for (const QJsonValue item : value.toArray()) {
        if (const QString fault = schemaFault(description, whole["items"_L1].toObject(), item, place + u"[]"_s); !fault.isEmpty())
            return fault;
    }
    return value.isObject() ? objectFault(description, whole, value.toObject(), place) : QString();
}

} // namespace warder::test
