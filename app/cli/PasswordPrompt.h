#pragma once

#include "core/base/Result.h"

#include <QString>

namespace warder {

/// A password from the terminal, twice and without echo, or one line of stdin when `fromStdin`, without its line end (LF, CRLF or
/// CR) and without a byte order mark. InvalidInput when the two differ, nothing comes or it is not UTF-8. A signal that ends or stops
/// the program at the prompt finds the terminal with its echo on; after a stop the prompt comes again.
Result<QString> askPassword(bool fromStdin);

/// A line that may be seen while it is typed: from a sheet of paper that is longer than anybody types blindly; or of stdin. InvalidInput
/// when nothing comes.
Result<QString> askLine(const QString &prompt);

/// The same once, from the terminal, for a secret that exists already.
Result<QString> askSecret(const QString &prompt);

} // namespace warder
