#include "app/CommandLine.h"

#include "app/StoredSettings.h"
#include "core/config/SettingLayers.h"
#include "core/platform/Files.h"
#include "core/storage/DataDirectory.h"

#include <QDir>
#include <QStandardPaths>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Why the folder that somebody named is not the one they mean; empty if it may be.
QString faultOf(const QString &folder)
{
    const bool isQuoted = folder.size() > 1 && folder.front() == folder.back() && (folder.front() == u'"' || folder.front() == u'\'');
    if (folder.trimmed().isEmpty())
        return u"is empty (a variable without a value?)"_s;
    if (folder.startsWith(u'~'))
        return u"begins with ~, which only a shell opens up: write $HOME in its place, or ./~ for a folder of that name"_s;
    if (isQuoted)
        return u"has quotation marks around it: leave them out"_s;
    if (folder.contains(QChar::ReplacementCharacter))
        return u"is not UTF-8"_s;
    return {};
}

Result<QString> absolute(const QString &option, const QString &folder)
{
    const QString fault = faultOf(folder);
    return fault.isEmpty() ? Result<QString>(QDir(folder).absolutePath()) : refused(ErrorCode::InvalidInput, option + u' ' + fault);
}

Result<QString> dataDirectoryFrom(const QCommandLineParser &parser)
{
    if (parser.isSet(u"data-dir"_s))
        return absolute(u"--data-dir"_s, parser.value(u"data-dir"_s));
    const QString variable = qEnvironmentVariable("WARDER_DATA_DIR").trimmed();
    return variable.isEmpty() ? Result<QString>(defaultDataDirectory()) : absolute(u"WARDER_DATA_DIR"_s, variable);
}

/// A link to nowhere counts as there: somebody meant it to say something.
bool isThere(const QString &path) { return platform::linkStatusOf(path) || (errno != ENOENT && errno != ENOTDIR); }

} // namespace

QList<QCommandLineOption> startOptions()
{
    return {{u"data-dir"_s, u"Where everything is kept; also the variable WARDER_DATA_DIR (default: %1)."_s.arg(defaultDataDirectory()),
             u"directory"_s},
            {u"listen"_s, u"Address and port, or unix:/path, as --set http.listen=…; may be given several times."_s, u"place"_s},
            {u"set"_s, u"A setting for this run; may be given several times. `warderd config show` lists them."_s, u"key=value"_s}};
}

Result<StartOptions> startOptionsFrom(const QCommandLineParser &parser)
{
    const auto directory = dataDirectoryFrom(parser);
    if (!directory)
        return refused(directory);
    StartOptions options {.dataDirectory = *directory, .assignments = parser.values(u"set"_s)};
    if (parser.isSet(u"listen"_s))
        options.assignments += u"http.listen="_s + parser.values(u"listen"_s).join(u',');
    return options;
}

QString defaultDataDirectory() { return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/warder"_s; }

Result<Settings> loadSettings(const StartOptions &options)
{
    if (const auto may = DataDirectory::mayBeRead(options.dataDirectory); !may)
        return refused(may);
    SettingLayers layers = readStoredSettings(options.dataDirectory);
    if (const QString path = DataDirectory::configPath(options.dataDirectory); isThere(path))
        layers += readConfigFile(path);
    layers += readEnvironment(processEnvironment());
    layers += readCommandLine(options.assignments);
    return Settings::load(layers);
}

} // namespace warder
