#pragma once

#include <QtTypes>

namespace warder {

/// Lets handshakes that began come to their end, but no new one begin: a client that calls now tries again a second later, and
/// finds the port closed, or open again. So nobody is let in between the last accept() and close(), to be cut off there.
/// Linux only (a socket filter, no privilege needed); elsewhere it does nothing, and that gap of microseconds stays.
void refuseNewHandshakes(qintptr listeningSocket);

} // namespace warder
