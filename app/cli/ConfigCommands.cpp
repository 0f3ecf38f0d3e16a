#include "app/cli/ConfigCommands.h"

#include "app/cli/Show.h"
#include "core/console/ViewsOf.h"
#include "core/storage/DataDirectory.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

void print(const QList<SettingView> &settings, const QString &dataDirectory)
{
    QList<QStringList> rows;
    for (const SettingView &one : settings)
        rows += {one.key, one.value, one.sourceName.isEmpty() ? one.source : u"%1 (%2)"_s.arg(one.source, one.sourceName), one.text};
    printTable({u"KEY"_s, u"VALUE"_s, u"SOURCE"_s, u"MEANING"_s}, rows, u"No settings."_s);
    const QString file = DataDirectory::configPath(dataDirectory);
    printLine(u"\nFile: %1 (%2)"_s.arg(file, QFile::exists(file) ? u"read"_s : u"not there"_s));
}

} // namespace

int configShow(const CommandContext &context)
{
    return show<QList<SettingView>>(context, context.ask(ListSettings {}),
                                    [&context](const QList<SettingView> &settings) { print(settings, context.dataDirectory); });
}

int configShowOf(const Settings &settings, const QString &dataDirectory, bool json)
{
    const QList<SettingView> views = viewsOf(settings);
    if (json)
        printJson(toJson(views));
    else
        print(views, dataDirectory);
    return Done;
}

} // namespace warder
