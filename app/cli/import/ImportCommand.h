#pragma once

#include "app/cli/Commands.h"

namespace warder {

/// `warderd user import FILE`: all users of a file, or none.
int userImport(const CommandContext &context);

} // namespace warder
