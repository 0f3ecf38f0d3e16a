#pragma once

#include "core/base/Result.h"
#include "core/config/Settings.h"

#include <QCommandLineParser>
#include <QStringList>

namespace warder {

/// What every way of starting Warder takes: `--data-dir`, `--listen`, `--set`.
struct StartOptions
{
    QString dataDirectory;   ///< Absolute.
    QStringList assignments; ///< key=value, `--listen` among them.
};

/// The three of them, for a parser.
QList<QCommandLineOption> startOptions();

/// The data directory is `--data-dir`, else the variable WARDER_DATA_DIR, else defaultDataDirectory(). InvalidInput for what no shell
/// opened up (an empty value, a leading `~`, quotation marks) and for bytes that are not UTF-8: each would name another folder.
Result<StartOptions> startOptionsFrom(const QCommandLineParser &parser);

/// $XDG_DATA_HOME/warder, or what the platform has in its place.
QString defaultDataDirectory();

/// All layers: stored settings, file, environment, command line. ConfigInvalid for what they say; StorageFailure when the data
/// directory is not one to take settings from.
Result<Settings> loadSettings(const StartOptions &options);

} // namespace warder
