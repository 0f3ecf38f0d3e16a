#pragma once

#include <QString>

namespace warder {

/// Which server the window shall show: the one that this machine runs as a service, or one of the person's own.
enum class ServerChoice { Service, Own, Neither };

/// Dialogs before the window opens, on a machine that runs a Warder as a service. Each blocks until the person has answered; Escape and
/// Cancel are Neither. GUI thread.
namespace service_questions {

/// Whether the window shall show the service or bring a server of its own. `directory`: the service's data.
ServerChoice whichServer(const QString &directory);

/// The service does not run now. The answer Service means: try again.
ServerChoice notRunning();

/// The service refused this person its console. `why`: the system's message, may be empty. The answer Service means: try again.
ServerChoice notAllowed(const QString &directory, const QString &why);

} // namespace service_questions
} // namespace warder
