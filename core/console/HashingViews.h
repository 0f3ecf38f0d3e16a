#pragma once

#include "core/base/Result.h"
#include "core/console/orders/Hashing.h"
#include "core/crypto/HashTuning.h"

namespace warder {

/// Turn how passwords are hashed, and a tuning of that, into what an admin sees, and back. Pure; any thread.
HashingView viewOfHashing(const HashingPolicy &now, int lanes, int cores);
/// InvalidInput where the order asks for what is out of bounds. `here`: where it is to be carried out.
Result<HashTuning> tuningFor(const TuneHashing &order, const HashingView &here);
QList<HashTrial> trialsOf(const QList<HashTrialView> &tried);
TuningView viewOfTuning(const HashTuning &tuning, const QList<HashTrial> &tried);

} // namespace warder
