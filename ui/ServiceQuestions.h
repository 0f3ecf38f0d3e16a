#pragma once

#include <QString>

namespace warder {

enum class ServerChoice { Service, Own, Neither };

/// What is asked before there is a window, on a machine that runs a Warder as a service. Each opens a dialog and returns the answer; Escape
/// is Neither. GUI thread.
namespace service_questions {

/// Whether the window shall show the service or bring a server of its own. `directory`: the service's data.
ServerChoice whichServer(const QString &directory);

/// The service does not run now. Service: try again.
ServerChoice notRunning();

/// The service's console was not opened to this person. `why`: what the system said. Service: try again.
ServerChoice notAllowed(const QString &directory, const QString &why);

} // namespace service_questions
} // namespace warder
