#pragma once

#include "app/CommandLine.h"

namespace warder {

/// Serves until SIGTERM or SIGINT; SIGHUP reloads. Returns the exit code.
int serve(const StartOptions &options, const Settings &settings);

} // namespace warder
