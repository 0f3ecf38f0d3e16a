#pragma once

#include "app/Places.h"
#include "core/base/Result.h"
#include "core/config/Settings.h"

#include <QCommandLineParser>
#include <QStringList>

namespace warder {

/// What every way of starting Warder takes: `--data-dir`, `--listen`, `--set`.
struct StartOptions
{
    QString dataDirectory;   ///< Absolute.
    QString configFile;      ///< Where its settings are.
    QStringList assignments; ///< key=value, `--listen` among them.
};

/// The three of them, for a parser.
QList<QCommandLineOption> startOptions();

/// $XDG_DATA_HOME/warder, or what the platform has in its place.
QString personalDataDirectory();

/// The data directory is `--data-dir`, else the variable WARDER_DATA_DIR, else for root and its owner that of the system's server where
/// it is there, else personalDataDirectory(). Its settings are in its file warder.conf, those of the
/// system's server in `places.systemConfig`. InvalidInput for what no shell opened up (an empty value, a leading `~`, quotation marks) and
/// for bytes that are not UTF-8: each would name another folder.
Result<StartOptions> startOptionsFrom(const QCommandLineParser &parser, const Places &places = Places::ofBuild());

/// All layers: stored settings, file, environment, command line. ConfigInvalid for what they say, and for a warder.conf that lies in the
/// data directory of the system's server, where nobody reads it; StorageFailure when the data directory is not one to take settings from.
Result<Settings> loadSettings(const StartOptions &options);

} // namespace warder
