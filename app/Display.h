#pragma once

#include <functional>

namespace warder {

/// Runs `makeApplication`, which makes the QApplication. Where Qt finds no display it would end the process by a signal, after lines
/// about plug-ins; here that is one line on stderr and the exit code CannotRun. So it is where the display does not answer for 20 seconds.
/// Main thread, before any other.
void orSayThatThereIsNoDisplay(const std::function<void()> &makeApplication);

} // namespace warder
