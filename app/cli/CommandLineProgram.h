#pragma once

#include "app/Places.h"

#include <QStringList>

namespace warder {

/// The whole of `warderd`: `serve`, or one admin command. Returns the exit code (ExitCode.h).
/// Root works as the owner of a data directory that is another user's, and stays that user.
int runCommandLine(const QStringList &arguments, const Places &places);

} // namespace warder
