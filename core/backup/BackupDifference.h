#pragma once

#include "core/backup/BackupSteps.h"
#include "core/base/BackupDifference.h"
#include "core/base/Clock.h"
#include "core/base/Result.h"

namespace warder {

/// Compares two databases of this program's schema, each as it is at one moment. `here`: the one of now, which may be in use. Any thread.
Result<BackupDifference> differenceBetween(const QString &here, const QString &backup, TimePoint now, const BackupSteps &steps = {});

} // namespace warder
