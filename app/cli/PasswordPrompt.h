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

/// A secret that exists already: once, from the terminal, without echo. InvalidInput with `withoutTerminal`, which names another way, where
/// there is none.
Result<QString> askSecret(const QString &prompt, const QString &withoutTerminal);

/// All of stdin, at most 16 KiB, without its last line end: a secret that may have several lines. InvalidInput as above.
Result<QString> secretOfStdin();

} // namespace warder
