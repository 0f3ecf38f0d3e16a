#pragma once

#include <QJsonObject>
#include <QString>

namespace warder::test {

/// Why a value does not fit a schema of an OpenAPI 3.1 description, or empty. Knows what our description uses: $ref, allOf, anyOf,
/// type, const, enum, required, properties, items; members that the schema does not name are faults as well.
QString schemaFault(const QJsonObject &description, const QJsonObject &schema, const QJsonValue &value,
                    const QString &place = QStringLiteral("body"));

} // namespace warder::test
