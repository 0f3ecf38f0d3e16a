#pragma once

namespace warder {

/// What the programs exit with; the help says the same.
enum ExitCode {
    Done = 0,
    Refused = 1, ///< Not found, not acceptable, wrong state.
    WrongUsage = 2,
    WrongConfig = 3,
    CannotRun = 4, ///< Another process holds the data directory, it cannot be read or written, or the server does not answer.
};

} // namespace warder
