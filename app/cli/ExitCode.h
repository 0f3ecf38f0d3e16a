#pragma once

namespace warder {

/// What the programs exit with; the help says the same.
enum ExitCode {
    Done = 0,
    Refused = 1, ///< Not found, not acceptable, wrong state.
    WrongUsage = 2,
    WrongConfig = 3,
    CannotRun = 4, ///< The data directory is taken, unreadable, or the server does not answer.
};

} // namespace warder
