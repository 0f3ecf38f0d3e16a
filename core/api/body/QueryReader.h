#pragma once

#include "core/base/Result.h"

#include <QByteArrayView>
#include <QJsonObject>

namespace warder {

/// The parameters of a query, form-encoded as browsers and OAuth have it (`+` is a blank); a name that comes more than once holds the list
/// of its texts, which Fields takes for a list and refuses for anything else. At most 64 parameters. InvalidInput with a fault for each
/// that has broken escapes or is no UTF-8, at ["query", its name]; what it holds is not echoed. Pure; any thread.
Result<QJsonObject> readQuery(QByteArrayView query);

} // namespace warder
