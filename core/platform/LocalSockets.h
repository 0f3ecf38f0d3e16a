#pragma once

#include "core/platform/Files.h"

namespace warder::platform {

/// The two ends of a connected local socket; neither is open, with errno, if the system has none to give.
std::pair<Descriptor, Descriptor> socketPair();

/// Whether it is a connected local socket.
bool isLocalSocket(int descriptor);

/// Makes it the standard input of this process. For a child before its program begins: it asks for no memory and takes no lock.
void becomeStandardInput(int descriptor);

/// Whether a program of this machine listens on a local socket in the folder or below it, also in one that we may not enter. False where
/// the system does not tell.
bool isListenedBelow(const QString &folder);

} // namespace warder::platform
