#pragma once

#include "app/cli/Commands.h"

namespace warder {

int configShow(const CommandContext &context);

} // namespace warder
