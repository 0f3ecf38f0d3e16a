#pragma once

#include "core/console/orders/Hashing.h"
#include "ui/widgets/RowsModel.h"

namespace warder {

/// A hash that a tuning has tried, as a row of the list of them.
struct TriedHash
{
    enum class Standing { Possible, TooSlow, Today, Proposed };

    HashTrialView trial = {};
    int number = 0; ///< In the order of the trials.
    Standing standing = Standing::Possible;
    bool isToday = false; ///< Of what is in force, whatever its standing is.
    qint64 memoryKib = 0; ///< That the server needs at full use; 0: so little that it does not count.
    double perSecond = 0; ///< Sign-ins at full use.

    bool operator==(const TriedHash &) const = default;

    static QList<TriedHash> of(const TuningView &view, const HashingView &here, Milliseconds target);
    /// Of the list. GUI thread.
    static QList<Column<TriedHash>> columns();
};

} // namespace warder
