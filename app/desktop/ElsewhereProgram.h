#pragma once

#include "app/ProcessSignals.h"
#include "app/SingleWindow.h"
#include "app/remote/SshConsole.h"
#include "ui/elsewhere/RemoteLine.h"

namespace warder {

/// The desktop program as the window of a server on another machine, from its start to its end: one window a place. It opens at once and
/// says there how far the connection is. Main thread; needs a QApplication.
class ElsewhereProgram final
{
public:
    /// `package`: by whom the program came onto the machine.
    ElsewhereProgram(const RemotePlace &place, QString package);

    /// Returns when the program shall end. The exit code.
    int run();

private:
    int show();
    void follow();

    const QString m_folder; ///< Of what the window remembers of this place.
    const QString m_package;
    const ProcessSignals m_signals;
    SingleWindow m_single;
    RemoteLine m_line;
    SshConsole m_console;
    bool m_stopped = false;
};

/// Remembers the servers elsewhere that somebody was connected to, for every window of theirs.
QString placesFile();

/// Starts this program once more, for a server elsewhere.
void startElsewhere(const QString &place);

} // namespace warder
