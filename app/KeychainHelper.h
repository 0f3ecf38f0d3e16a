#pragma once

namespace warder {

/// Whether these arguments of a program are those of KeychainProcess.
bool isKeychainHelper(int argc, char **argv);

/// Carries out one order on the keychain of this user, as KeychainProcess has it, and gives the exit code. In place of the rest of main(),
/// without an application object.
int runKeychainHelper(int argc, char **argv);

} // namespace warder
