#pragma once

#include "app/cli/Commands.h"

namespace warder {

int sessionList(const CommandContext &context);
int sessionRevoke(const CommandContext &context);

} // namespace warder
