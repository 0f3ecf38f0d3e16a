#pragma once

#include "core/base/Result.h"

#include <functional>

namespace warder {

/// How far a copy is, in pages; false: it shall stop there.
using CopyProgress = std::function<bool(qint64 done, qint64 all)>;

/// Copies a database as it is at one moment into `to`, an empty file that nobody else has open: also one that is being written, whose
/// writer waits for nothing meanwhile (why so: docs/decisions/0027-backups-are-sqlite-files.md). Goes on step by step, and asks `goOn`
/// after each. On a refusal `to` holds nothing that is of use: Busy where `goOn` stopped it. What was copied is not safe from a power cut
/// yet. Any thread but the writer.
Result<void> copyDatabase(const QString &from, const QString &to, const CopyProgress &goOn);

} // namespace warder
