#include "app/CommandLine.h"

#include "app/StoredSettings.h"
#include "core/config/SettingLayers.h"
#include "core/platform/Files.h"
#include "core/platform/Process.h"
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

QString configIn(const QString &dataDirectory) { return dataDirectory + "/warder.conf"_L1; }

Result<QString> absolute(const QString &option, const QString &folder)
{
    const QString fault = faultOf(folder);
    return fault.isEmpty() ? Result<QString>(QDir(folder).absolutePath()) : refused(ErrorCode::InvalidInput, option + u' ' + fault);
}

QString defaultDataDirectory(const QString &ofSystem)
{
    const auto folder = platform::statusOf(ofSystem);
    const platform::User self = platform::currentUser();
    return folder && (self == 0 || self == folder->owner) ? ofSystem : personalDataDirectory();
}

Result<QString> dataDirectoryFrom(const QCommandLineParser &parser, const Places &places)
{
    if (parser.isSet(u"data-dir"_s))
        return absolute(u"--data-dir"_s, parser.value(u"data-dir"_s));
    const QString variable = qEnvironmentVariable("WARDER_DATA_DIR").trimmed();
    return variable.isEmpty() ? Result<QString>(defaultDataDirectory(places.systemData)) : absolute(u"WARDER_DATA_DIR"_s, variable);
}

/// Also by another name.
bool isSame(const QString &path, const QString &other)
{
    const auto status = platform::statusOf(path);
    const auto otherStatus = platform::statusOf(other);
    return path == other || (status && otherStatus && status->isSameFile(*otherStatus));
}

/// Who wrote settings there would wait for them in vain.
SettingLayers unreadSettings(const StartOptions &options)
{
    const QString path = configIn(options.dataDirectory);
    if (!platform::statusOf(path) || isSame(path, options.configFile))
        return {};
    return {{.source = SettingSource::File,
             .sourceName = path,
             .problem = u"is not read, since this is the system's server: move what it says into %1"_s.arg(options.configFile)}};
}

/// A link to nowhere counts as there: somebody meant it to say something.
bool isThere(const QString &path) { return platform::linkStatusOf(path) || (errno != ENOENT && errno != ENOTDIR); }

} // namespace

QString personalDataDirectory() { return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/warder"_s; }

QList<QCommandLineOption> startOptions()
{
    return {{u"data-dir"_s,
             u"Where everything is kept; also the variable WARDER_DATA_DIR (default: %1; for root and its owner %2, where that is there)."_s
                 .arg(personalDataDirectory(), Places::ofBuild().systemData),
             u"directory"_s},
            {u"listen"_s, u"Address and port, or unix:/path, as --set http.listen=…; may be given several times."_s, u"place"_s},
            {u"set"_s, u"A setting for this run; may be given several times. `warderd config show` lists them."_s, u"key=value"_s}};
}

Result<StartOptions> startOptionsFrom(const QCommandLineParser &parser, const Places &places)
{
    const auto directory = dataDirectoryFrom(parser, places);
    if (!directory)
        return refused(directory);
    StartOptions options {.dataDirectory = *directory,
                          .configFile = isSame(*directory, places.systemData) ? places.systemConfig : configIn(*directory),
                          .assignments = parser.values(u"set"_s)};
    if (parser.isSet(u"listen"_s))
        options.assignments += u"http.listen="_s + parser.values(u"listen"_s).join(u',');
    return options;
}

Result<Settings> loadSettings(const StartOptions &options)
{
    if (const auto may = DataDirectory::mayBeRead(options.dataDirectory); !may)
        return refused(may);
    SettingLayers layers = readStoredSettings(options.dataDirectory) + unreadSettings(options);
    if (isThere(options.configFile))
        layers += readConfigFile(options.configFile);
    layers += readEnvironment(processEnvironment());
    layers += readCommandLine(options.assignments);
    return Settings::load(layers);
}

} // namespace warder
