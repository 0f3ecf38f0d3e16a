#pragma once

#include "core/crypto/SecretBytes.h"

namespace warder {

inline constexpr const char *masterKeyVariable = "WARDER_MASTER_KEY";

/// Takes the master key out of the environment, where children and /proc would show it: overwrites and removes the variable. First thing in
/// main(), before there is a thread.
void takeEnvironmentKey();

/// What takeEnvironmentKey() found, as it was written; nothing where there was none.
SecretBytes environmentKeyText();

} // namespace warder
