#include "app/cli/Commands.h"

#include "app/StartWarnings.h"
#include "core/config/ServerUrl.h"
#include "core/console/Json.h"
#include "core/console/ViewsOf.h"
#include "core/sealing/MasterKeySources.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

void print(const QList<SettingView> &settings, const QString &file)
{
    QList<QStringList> rows;
    for (const SettingView &one : settings) {
        const QString source = nameOf(one.source);
        rows += {one.key, one.value, one.sourceName.isEmpty() ? source : u"%1 (%2)"_s.arg(source, one.sourceName), one.text};
    }
    printTable({u"KEY"_s, u"VALUE"_s, u"SOURCE"_s, u"MEANING"_s}, rows, u"No settings."_s);
    printLine(u"\nFile: %1 (%2)"_s.arg(file, QFile::exists(file) ? u"read"_s : u"not there"_s));
}

} // namespace

int configShow(const CommandContext &context)
{
    return context.show(context.ask(ListSettings {}), [&](const auto &settings) { print(settings, context.configFile); });
}

int configShowOf(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser)
{
    const MasterKeySources sources(options.dataDirectory + "/master.key"_L1, MasterKeyPolicy::from(settings));
    const auto source = sources.where();
    const QList<SettingView> views = viewsOf(settings, source ? sources.placeOf(*source) : QString());
    if (parser.isSet(u"json"_s))
        printJson(toJson(views));
    else
        print(views, options.configFile);
    return Done;
}

int configCheck(const StartOptions &, const Settings &settings, const QCommandLineParser &parser)
{
    const bool json = parser.isSet(u"json"_s);
    const QStringList warnings = startWarnings(settings, listenPointsFrom(settings));
    if (json)
        printJson(QJsonObject {{u"valid"_s, true}, {u"warnings"_s, QJsonArray::fromStringList(warnings)}});
    else
        printLine(warnings.isEmpty() ? u"The configuration is right."_s : u"The configuration is right, but look at this:"_s);
    for (const QString &warning : json ? QStringList() : warnings)
        printLine(u"  "_s + warning);
    return Done;
}

} // namespace warder
