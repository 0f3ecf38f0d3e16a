#pragma once

#include "app/cli/Commands.h"

namespace warder {

int configShow(const CommandContext &context);
/// What a server would take, where none runs.
int configShowOf(const Settings &settings, const QString &dataDirectory, bool json);

} // namespace warder
