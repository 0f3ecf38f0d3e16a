#pragma once

#include "core/console/orders/Limits.h"
#include "core/ratelimit/LimiterStatistics.h"

namespace warder {

/// What rules denied in steps of that length, which is no shorter than those of the histories: the `most` that denied most, and all others
/// as one. Pure.
DenialsView denialsOf(const QList<RuleHistory> &histories, Seconds step, qsizetype most);

} // namespace warder
