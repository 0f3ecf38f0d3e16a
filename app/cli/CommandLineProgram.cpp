#include "app/cli/CommandLineProgram.h"

#include "app/CommandLine.h"
#include "app/StartWarnings.h"
#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "app/cli/Serve.h"
#include "app/cli/Usage.h"
#include "core/config/ServerUrl.h"
#include "core/storage/DataDirectory.h"
#include "core/telemetry/Log.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

int wrongUsage(const QString &why)
{
    printError({.code = ErrorCode::InvalidInput, .detail = why});
    return WrongUsage;
}

int showHelp(const QStringList &about)
{
    const QString text = about.isEmpty() || about.first() == "help"_L1 ? overview() : helpFor(about);
    if (text.isEmpty())
        return wrongUsage(u"no such command: %1 (see `warderd help`)"_s.arg(about.join(u' ')));
    printLine(text);
    return Done;
}

int check(const Settings &settings, bool json)
{
    const QStringList warnings = startWarnings(settings, listenPointsFrom(settings));
    if (json)
        printJson(QJsonObject {{u"valid"_s, true}, {u"warnings"_s, QJsonArray::fromStringList(warnings)}});
    else
        printLine(warnings.isEmpty() ? u"The configuration is right."_s : u"The configuration is right, but look at this:"_s);
    for (const QString &warning : json ? QStringList() : warnings)
        printLine(u"  "_s + warning);
    return Done;
}

int runCommand(const Command &command, const QCommandLineParser &parser, const StartOptions &options, const Settings &settings)
{
    const auto secret = command.ask ? command.ask(parser) : Result<QString>(QString());
    if (!secret)
        return fail(secret.error());
    if (command.runOnSettings && !ConsoleAccess::ofServer(options.dataDirectory))
        return command.runOnSettings(settings, options.dataDirectory, parser.isSet(u"json"_s));
    const auto access = ConsoleAccess::open(options.dataDirectory, settings, command.opening);
    if (!access) {
        printError(access.error());
        return CannotRun;
    }
    return command.run({.parser = parser,
                        .arguments = parser.positionalArguments().mid(2),
                        .secret = *secret,
                        .dataDirectory = options.dataDirectory,
                        .console = (*access)->console(),
                        .json = parser.isSet(u"json"_s)});
}

int run(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    const bool isParsed = parser.parse(arguments);
    const QStringList words = parser.positionalArguments();
    if (parser.isSet(u"help"_s) || words.value(0) == "help"_L1)
        return showHelp(words.value(0) == "help"_L1 ? words.mid(1) : words);
    if (parser.isSet(u"version"_s) || words == QStringList {u"version"_s}) {
        printLine(u"%1 %2"_s.arg(QCoreApplication::applicationName(), QCoreApplication::applicationVersion()));
        return Done;
    }
    if (isParsed && words.isEmpty()) {
        printLine(overview());
        return WrongUsage;
    }
    const auto options = startOptionsFrom(parser);
    if (!options)
        return wrongUsage(options.error().detail);
    if (const QString fault = faultOfUsage(parser, arguments, DataDirectory::configPath(options->dataDirectory)); !fault.isEmpty())
        return wrongUsage(fault);
    const Command &command = *findCommand(words);
    if (command.runAlone)
        return command.runAlone(parser, *options);
    const auto settings = loadSettings(*options);
    if (!settings) {
        printError(settings.error());
        return settings.error().code == ErrorCode::ConfigInvalid ? WrongConfig : CannotRun;
    }
    configureLog(LogSetup::from(*settings));
    routeQtMessagesToLog();
    if (isServe(command))
        return serve(*options, *settings);
    return command.run ? runCommand(command, parser, *options, *settings) : check(*settings, parser.isSet(u"json"_s));
}

} // namespace

int runCommandLine(const QStringList &arguments) { return finishOutput(run(arguments)); }

} // namespace warder
