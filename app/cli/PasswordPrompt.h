#pragma once

#include "core/base/Result.h"

#include <QString>

namespace warder {

/// A password from the terminal, twice and without echo, or one line of stdin when `fromStdin`. InvalidInput when the two
/// differ or nothing comes.
Result<QString> askPassword(bool fromStdin);

} // namespace warder
