#pragma once

#include "core/base/Result.h"
#include "core/console/Console.h"
#include "core/console/local/ConsoleContext.h"

namespace warder {

/// Carries out a CountEach (`Each`) by the handler that counts one list; stops between two of them where the errand is cancelled.
template <auto countOne, typename Each>
Result<typename Each::Answer> countEach(ConsoleContext &console, const Each &order, Errand &errand)
{
    if (order.each.size() > Each::most)
        return refused(ErrorCode::InvalidInput, QStringLiteral("at most %1 lists are counted at once").arg(Each::most));
    typename Each::Answer counts;
    for (const auto &one : order.each) {
        if (errand.isCanceled())
            break;
        const auto counted = countOne(console, one, errand);
        if (!counted)
            return refused(counted);
        counts += *counted;
    }
    return counts;
}

} // namespace warder
