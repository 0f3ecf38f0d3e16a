#pragma once

#include "app/cli/Commands.h"

namespace warder {

/// About the server that runs on the data directory; a refusal when none does.
int serverStatus(const CommandContext &context);
int serverPause(const CommandContext &context);
int serverResume(const CommandContext &context);
int serverReload(const CommandContext &context);

} // namespace warder
