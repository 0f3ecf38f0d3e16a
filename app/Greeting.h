#pragma once

#include <QString>

namespace warder {

/// What a start prints for a person: the address and a `curl` line that works when pasted.
QString greetingFor(const QString &url);

} // namespace warder
