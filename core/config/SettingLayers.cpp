#include "core/config/SettingLayers.h"

#include "core/base/Text.h"
#include "core/config/SettingTable.h"
#include "core/config/SettingValue.h"
#include "core/platform/Process.h"

#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

LayerEntry problem(SettingSource source, const QString &sourceName, const QString &text)
{
    return {.source = source, .sourceName = sourceName, .problem = text};
}

/// `key = value` taken apart at its first equals sign.
LayerEntry assignment(SettingSource source, const QString &sourceName, const QString &text)
{
    const auto equals = text.indexOf(u'=');
    if (equals < 1)
        return problem(source, sourceName, u"must be key = value"_s);
    return {.source = source, .sourceName = sourceName, .key = text.first(equals).trimmed(), .value = text.sliced(equals + 1).trimmed()};
}

SettingLayers parseFile(const QString &path, const QString &content)
{
    SettingLayers entries;
    QSet<QString> seen;
    int number = 0;
    for (const QString &line : content.split(u'\n')) {
        ++number;
        const QString text = line.trimmed();
        if (text.isEmpty() || text.startsWith(u'#'))
            continue;
        const QString place = u"%1:%2"_s.arg(path).arg(number);
        LayerEntry entry = assignment(SettingSource::File, place, text);
        if (entry.problem.isEmpty() && seen.contains(entry.key))
            entry = problem(SettingSource::File, place, u"%1 is set a second time; remove one of the two"_s.arg(entry.key));
        seen += entry.key;
        entries += entry;
    }
    return entries;
}

/// Why the opened file is none to take settings from; empty if it is.
QString whyUnfit(const platform::FileStatus &status)
{
    const platform::User self = platform::currentUser();
    if (status.kind != platform::FileStatus::Kind::Regular)
        return u"is not a regular file"_s;
    if (status.owner != self && status.owner != 0 && self != 0) // root may look at a service's
        return u"belongs to another user, who could change it: chown it"_s;
    if ((status.mode & 0002) != 0)
        return u"may be written by everybody: chmod 600 it"_s;
    return {};
}

QString whyNotOpened(const QString &path, int error)
{
    const bool dangling = error == ENOENT && platform::linkStatusOf(path);
    return u"cannot be read: %1"_s.arg(dangling ? u"it is a symbolic link to nothing"_s : qt_error_string(error));
}

bool isForeign(QStringView variable)
{
    constexpr std::array others {"WARDER_DATA_DIR"_L1,     "WARDER_CACHE"_L1, "WARDER_USERLAND"_L1,
                                 "WARDER_PACKAGE"_L1,      "WARDER_URL"_L1,   "WARDER_COOKIES_INSECURE"_L1,
                                 "WARDER_SERVICE_TOKEN"_L1};
    return !variable.startsWith("WARDER_"_L1) || variable.startsWith("WARDER_MASTER_KEY"_L1)
           || std::ranges::any_of(others, [variable](QLatin1StringView each) { return each == variable; });
}

/// What Kubernetes ("service links") and Docker (links) put into the environment of whoever runs beside a service called `warder` or
/// `warder-…`: nobody typed it, and it says nothing about us.
bool isServiceLink(const QString &variable, const QString &value)
{
    static const QRegularExpression byName(
        u"\\AWARDER_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO|START|END))?|ENV_.+)\\z"_s);
    static const QRegularExpression place(u"\\A(tcp|udp|sctp)://"_s, QRegularExpression::CaseInsensitiveOption);
    if (byName.match(variable).hasMatch() || variable == "WARDER_NAME"_L1)
        return true;
    if (variable.endsWith("_PORT"_L1) || variable.endsWith("_PORT_START"_L1) || variable.endsWith("_PORT_END"_L1))
        return place.match(value).hasMatch();
    return variable.endsWith("_NAME"_L1) && value.startsWith(u'/');
}

/// The key that a variable names; the likeliest spelling if there is none, so that a fault can say what was meant.
QString keyOf(const QString &variable)
{
    for (const SettingDefinition &definition : settingTable) {
        if (variableOf(definition.key) == variable)
            return definition.key.toString();
    }
    QString key = variable.sliced(7).toLower();
    const auto underscore = key.indexOf(u'_', key.startsWith("rate_limit"_L1) ? 5 : 0);
    return underscore < 0 ? key : key.replace(underscore, 1, u'.');
}

} // namespace

SettingLayers readConfigFile(const QString &path)
{
    const auto opened = platform::openFile(path);
    if (!opened)
        return {problem(SettingSource::File, path, whyNotOpened(path, errno))};
    if (const QString unfit = whyUnfit(opened->status); !unfit.isEmpty())
        return {problem(SettingSource::File, path, unfit)};
    const QByteArray bytes = opened->file->read(longestConfigFile + 1);
    if (opened->file->error() != QFileDevice::NoError)
        return {problem(SettingSource::File, path, u"cannot be read: %1"_s.arg(opened->file->errorString()))};
    if (bytes.size() > longestConfigFile)
        return {problem(SettingSource::File, path, u"is longer than 1 MiB"_s)};
    const auto content = fromUtf8(bytes.startsWith("\xef\xbb\xbf") ? bytes.sliced(3) : bytes);
    if (!content)
        return {problem(SettingSource::File, path, u"is not UTF-8"_s)};
    if (content->contains(QChar(0)))
        return {problem(SettingSource::File, path, u"holds a NUL byte: it is not a text"_s)};
    return parseFile(path, *content);
}

SettingLayers readEnvironment(const QHash<QString, QString> &variables)
{
    QStringList names = variables.keys();
    names.sort();
    SettingLayers entries;
    for (const QString &name : std::as_const(names)) {
        const QString value = variables.value(name).trimmed();
        const QString key = isForeign(name) ? QString() : keyOf(name);
        const SettingDefinition *setting = findSetting(key);
        if (key.isEmpty() || (!setting && isServiceLink(name, value)))
            continue;
        const bool isUnset = value.isEmpty() && (!setting || !parseSetting(*setting, value));
        if (!isUnset)
            entries += {.source = SettingSource::Environment, .sourceName = name, .key = key, .value = value};
    }
    return entries;
}

QHash<QString, QString> processEnvironment()
{
    const auto environment = QProcessEnvironment::systemEnvironment();
    QHash<QString, QString> variables;
    for (const QString &name : environment.keys())
        variables.insert(name, environment.value(name));
    return variables;
}

SettingLayers readCommandLine(const QStringList &assignments)
{
    SettingLayers entries;
    for (const QString &each : assignments)
        entries += assignment(SettingSource::CommandLine, u"--set"_s, each);
    return entries;
}

QString variableOf(QStringView key) { return u"WARDER_"_s + key.toString().toUpper().replace(u'.', u'_'); }

} // namespace warder
