#pragma once

#include "app/cli/Commands.h"

namespace warder {

/// Asks on the terminal before something that cannot be undone; only "y" agrees, and --yes does without the question.
bool isConfirmed(const CommandContext &context, const QString &question);

} // namespace warder
