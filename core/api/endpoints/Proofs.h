#pragma once

#include "core/api/FieldDoc.h"
#include "core/api/body/Fields.h"

/// What bodies have in common that show a proof of who somebody is. Any thread.
namespace warder {

/// What a browser gave for a passkey.
const FieldDoc &credentialField();

/// A form sends its empty fields, too: those count as not sent.
std::optional<QString> filled(Fields &fields, QLatin1StringView name);

/// Whether one of these was given, each a field's name and whether it was; adds the fault where it was none or several.
bool isOneProof(Fields &fields, const QList<std::pair<QString, bool>> &given);

} // namespace warder
