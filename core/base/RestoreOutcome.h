#pragma once

#include "core/base/Clock.h"
#include "core/base/EnumNames.h"
#include "core/base/Id.h"

namespace warder {

/// What came of a restore that a server carried out on the database it serves, or of taking one back.
struct RestoreOutcome
{
    Id order; ///< As whoever ordered it named it.
    TimePoint at;
    QString file = {};    ///< The backup's; empty: the last restore was taken back.
    QString kept = {};    ///< Where the database lies that was in place before; empty: none does.
    QString problem = {}; ///< Why the database of before is served on, for people who know the system; empty: it was done.

    bool operator==(const RestoreOutcome &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("order"_L1, v.order, "at"_L1, v.at, "file"_L1, v.file, "kept"_L1, v.kept, "problem"_L1, v.problem);
    }
};

} // namespace warder
