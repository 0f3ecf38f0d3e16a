#pragma once

#include "app/CommandLine.h"

namespace warder {

/// `warderd tls make-local`. Needs no settings, no console, no server.
int tlsMakeLocal(const QCommandLineParser &parser, const StartOptions &options);

} // namespace warder
