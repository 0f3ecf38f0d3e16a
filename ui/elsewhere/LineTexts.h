#pragma once

#include "core/base/Clock.h"
#include "core/base/RemotePlace.h"
#include "ui/support/ServerHealth.h"
#include "ui/support/WindowProblem.h"

#include <QCoreApplication>

namespace warder {

class RemoteLine;

/// The window's words about servers on other machines. GUI thread.
class LineTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::LineTexts)
public:
    /// What is wrong with the name of a place, for its field.
    static QString of(PlaceFault fault);
    /// Why the server is not reached: what happened, what it means, what to do.
    static QString troubleOf(const RemoteLine &line);
    /// While the server is not reached: what the strip shows. `old`: a sentence about what can still be seen; may be empty.
    static WindowProblem problemOf(RemoteLine &line, const QString &old);
    /// The same for the status bar. `hasRead`: there is something to be seen that may be old.
    static ServerHealth healthOf(const RemoteLine &line, bool hasRead);
    /// "38 ms away".
    static QString away(Milliseconds roundTrip);
    /// What a person can type to reach the machine by hand: "ssh -p 2222 root@example.com".
    static QString commandFor(const RemotePlace &place);
};

} // namespace warder
