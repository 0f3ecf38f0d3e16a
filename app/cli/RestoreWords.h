#pragma once

#include "core/console/orders/Backups.h"

class QCommandLineParser;

namespace warder {

/// What is said on a terminal about a restore, whether a server carries it out or this program.

/// Which users, sessions and keys differ.
void printPreview(const RestorePreview &preview);

/// What is to be known of a master key that is another one than the backup's; empty where it fits.
QString adviceOnKey(const RestorePreview &preview);

/// Asks; --yes does without the question.
bool isRestoreAgreed(const QCommandLineParser &parser);
bool isUndoAgreed(const QCommandLineParser &parser);

/// What is wrong with what was typed; empty: nothing.
QString faultOfRestore(const QCommandLineParser &parser);

/// Where the file of a backup is: where there is such a file, or a path, it is that; nothing: a name in the folder of the backups.
QString typedPlace(const QString &typed);

} // namespace warder
