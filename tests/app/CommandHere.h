#pragma once

#include "app/Places.h"
#include "tests/app/WarderProcess.h"

namespace warder::test {

/// What `warderd` says and does at these words, by its own functions in this process: nearly all that a command costs is the start of its
/// program. For everything but main(), the streams of a process, its environment and its end, which are for runWarderd(); and not for
/// `serve`, nor for a keychain, which a helper of the program asks. Lines of the log go to the stderr of the test, not into the answer.
/// The test's thread only.
ProgramAnswer runHere(const QStringList &arguments, const QByteArray &input = {}, const Places &places = Places::ofBuild());

/// Leaves behind what a server does that ran on a new data directory: its keys, and nobody in it. False: it could not be made.
bool makeDataHere(const QString &dataDirectory);

} // namespace warder::test
