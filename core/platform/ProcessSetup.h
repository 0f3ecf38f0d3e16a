#pragma once

namespace warder {

/// What every start does first: descriptors 0 to 2 are open, if only to /dev/null, so that no socket of ours takes the place of a closed
/// stderr; text is UTF-8 whatever the locale; files are for their owner only (umask 077); a write that cannot be (SIGPIPE, SIGXFSZ) fails
/// and does not end us; a crash leaves no memory behind (no core dump, not traceable by others of the same user); and threads wait for
/// sockets by Qt's own means, not by GLib's, which cost more; the window's thread keeps GLib for the desktop's sake. Call before anything
/// else, from main().
void setUpProcess();

} // namespace warder
