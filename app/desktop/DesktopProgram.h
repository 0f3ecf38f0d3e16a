#pragma once

#include "app/CommandLine.h"
#include "app/ProcessSignals.h"
#include "app/SingleWindow.h"
#include "app/cli/ExitCode.h"
#include "app/desktop/MachineService.h"
#include "ui/PageContext.h"
#include "ui/ServiceQuestions.h"

namespace warder {

class Console;

/// How the desktop program was started, and by whom it came onto the machine.
struct DesktopStart
{
    StartOptions options;
    QString systemDataDirectory; ///< Of the server that the machine runs as a service, whether it does or not.
    QString package;             ///< "deb", "rpm", "bundle", "source": what the build became, or the variable WARDER_PACKAGE says.
    bool hidden = false;         ///< Without a window, until somebody asks for it.
};

/// The desktop program from its start to its end: one window a data directory, which is the console of the server that runs there or of
/// the machine's service, or brings a server of its own. Main thread; needs a QApplication.
class DesktopProgram final
{
public:
    explicit DesktopProgram(DesktopStart start);

    /// Returns when the program shall end. The exit code.
    int run();

private:
    static constexpr int again = -1; ///< No exit code: somebody turned to another server.

    int runOnce();
    int runOwn();
    int runService();
    int attach();
    int show(Console &console, const QString &directory, bool ofService);
    bool mayChoose() const;
    bool isServiceWanted();
    void choose(ServerChoice choice);
    Installation installation(const QString &shown, bool ofService) const;

    const DesktopStart m_start;
    const MachineService m_service;
    const ProcessSignals m_signals; ///< Before a server is there: a stop in between waits until it can be a clean one.
    SingleWindow m_single;
    bool m_hidden;
    bool m_stopped = false;
    bool m_isShowing = false; ///< There is a window, and not only a question.
};

/// Gives the application its name, icon and language. Once, before the first window or dialog.
void setUpDesktopApplication();

/// Says in a dialog and on stderr why there is no window: who double-clicked sees no terminal. Returns `code`.
int refuseToStart(const StartOptions &options, const Error &error, ExitCode code);

} // namespace warder
