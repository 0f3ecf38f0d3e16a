#pragma once

#include "core/base/Result.h"
#include "core/config/Settings.h"

#include <QCommandLineParser>
#include <QStringList>

namespace warder {

/// What every way of starting Warder takes: `--data-dir`, `--listen`, `--set`.
struct StartOptions
{
    QString dataDirectory;
    QStringList assignments;       ///< key=value, `--listen` among them.
};

/// The three of them, for a parser.
QList<QCommandLineOption> startOptions();
StartOptions startOptionsFrom(const QCommandLineParser &parser);

/// $XDG_DATA_HOME/warder, or what the platform has in its place.
QString defaultDataDirectory();

/// All layers from outside the database: file, environment, command line.
Result<Settings> loadSettings(const StartOptions &options);

} // namespace warder
