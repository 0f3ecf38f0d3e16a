#pragma once

#include "core/console/orders/Server.h"
#include "ui/support/Tone.h"

namespace warder {

/// How the server is, for everything in the frame that says so: the dot and word of the status bar, the card, the tray, the title.
struct ServerHealth
{
    Tone tone = Tone::Neutral;
    QString word;         ///< "Running", "Paused", "Down", "No answer".
    QString reason = {};  ///< A clause about the worst that is wrong: "the disk is full"; empty: nothing is.
    bool isMinor = false; ///< Something is wrong, and the server serves all the same. False if nothing is wrong.

    /// In one line: "Running, but the clock jumped", "Down: the disk is full".
    QString sentence() const;
};

/// `answers`: false if the server stopped answering, and `server` is old. GUI thread.
ServerHealth healthOf(const ServerView &server, bool answers = true);

} // namespace warder
