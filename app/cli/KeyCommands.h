#pragma once

#include "app/cli/Commands.h"

namespace warder {

int keyList(const CommandContext &context);
int keyRotate(const CommandContext &context);
int keyRevoke(const CommandContext &context);

} // namespace warder
