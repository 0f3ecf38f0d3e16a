#pragma once

#include "core/console/orders/Server.h"
#include "ui/support/Tone.h"

namespace warder {

/// How the server is, for everything in the frame that says so: the dot and word of the status bar, the card, the tray, the title.
struct ServerHealth
{
    Tone tone = Tone::Neutral;
    QString word;        ///< "Running", "Paused", "Down", "No answer".
    QString reason = {}; ///< A sentence about the worst that is wrong: "The disk is full."; empty: nothing is.

    /// In one line: "Running. The clock jumped.", "Down. The disk is full."
    QString sentence() const;
};

/// `answers`: false if the server stopped answering, and `server` is old. GUI thread.
ServerHealth healthOf(const ServerView &server, bool answers = true);

} // namespace warder
