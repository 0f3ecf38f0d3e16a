#pragma once

#include "core/base/Clock.h"

namespace warder::file_lock {

/// A lock on an opened file, which goes with the descriptor. Waits in the system's own queue, for `patience` at most; false, with
/// errno, if it did not get it: EAGAIN when somebody else holds it still. Any thread.
bool take(int descriptor, Milliseconds patience);

/// Whether somebody else holds it; never takes it.
bool isTaken(int descriptor);

enum class Waiting { Never, ForEver };
/// The same for an opened folder; EWOULDBLOCK when somebody else holds it.
bool takeFolder(int descriptor, Waiting waiting);

} // namespace warder::file_lock
