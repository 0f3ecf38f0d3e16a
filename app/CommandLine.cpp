#include "app/CommandLine.h"

#include "core/config/SettingLayers.h"
#include "core/storage/DataDirectory.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace warder {

QList<QCommandLineOption> startOptions()
{
    return {{u"data-dir"_s, u"Where everything is kept (default: %1)."_s.arg(defaultDataDirectory()), u"directory"_s},
            {u"listen"_s, u"Address and port, or unix:/path, as --set http.listen=…; may be given several times."_s, u"place"_s},
            {u"set"_s, u"A setting for this run; may be given several times. `warderd config show` lists them."_s, u"key=value"_s}};
}

StartOptions startOptionsFrom(const QCommandLineParser &parser)
{
    StartOptions options {.dataDirectory = parser.isSet(u"data-dir"_s) ? QDir(parser.value(u"data-dir"_s)).absolutePath() : defaultDataDirectory(),
                          .assignments = parser.values(u"set"_s)};
    if (parser.isSet(u"listen"_s))
        options.assignments += u"http.listen="_s + parser.values(u"listen"_s).join(u',');
    return options;
}

QString defaultDataDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/warder"_s;
}

Result<Settings> loadSettings(const StartOptions &options)
{
    SettingLayers layers;
    if (const QString path = DataDirectory::configPath(options.dataDirectory); QFile::exists(path))
        layers += readConfigFile(path);
    layers += readEnvironment(processEnvironment());
    layers += readCommandLine(options.assignments);
    return Settings::load(layers);
}

} // namespace warder
