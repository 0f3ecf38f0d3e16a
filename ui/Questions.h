#pragma once

#include <functional>

class QWidget;

namespace warder {

class ServerStatus;

/// Asks before everybody is refused, with the number of the status bar. One question at a time; Enter and Escape do nothing.
void askToStop(QWidget *parent, ServerStatus &status);

/// Asks before it is away for a moment, likewise.
void askToRestart(QWidget *parent, ServerStatus &status);

/// Asks before a server that is answering people ends with the program; calls `onQuit` at once where nobody would notice.
void askToQuit(QWidget *parent, const ServerStatus &status, const std::function<void()> &onQuit,
               const std::function<void()> &onKeepRunning);

/// The same before the window's own server ends and the window shows the machine's service instead.
void askToSwitch(QWidget *parent, const ServerStatus &status, const std::function<void()> &onSwitch);

} // namespace warder
