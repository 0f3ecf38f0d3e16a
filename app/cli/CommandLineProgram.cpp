#include "app/cli/CommandLineProgram.h"

#include "app/cli/Usage.h"
#include "core/platform/Files.h"
#include "core/platform/Process.h"
#include "core/telemetry/Log.h"

#include <QCoreApplication>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

int showHelp(const QStringList &about)
{
    const QString text = about.isEmpty() || about.first() == "help"_L1 ? overview() : helpFor(about);
    if (text.isEmpty())
        return wrongUsage(u"no such command: %1 (see `warderd help`)"_s.arg(about.join(u' ')));
    printLine(text);
    return Done;
}

int runCommand(const Command &command, const QCommandLineParser &parser, const StartOptions &options, const Settings &settings)
{
    const auto secret = command.ask ? command.ask(parser) : Result<QString>(QString());
    if (!secret)
        return fail(secret.error());
    if (command.runOnSettings && (!command.run || !ConsoleAccess::ofServer(options.dataDirectory)))
        return command.runOnSettings(options, settings, parser);
    const auto access = ConsoleAccess::open(options, settings, command.opening);
    if (!access)
        return cannotRun(access.error());
    return command.run({.parser = parser,
                        .arguments = parser.positionalArguments().mid(2),
                        .secret = *secret,
                        .configFile = options.configFile,
                        .console = (*access)->console(),
                        .json = parser.isSet(u"json"_s)});
}

/// What root makes in a data directory must be its owner's, so root becomes the owner before anything there is opened. Not where a server
/// does the work: root only talks to it then, and reads files of its own for it.
Result<void> actAsOwner(const Command &command, const QString &dataDirectory)
{
    const auto folder = platform::statusOf(dataDirectory);
    if (platform::currentUser() != 0 || !folder || folder->owner == 0 || (command.run && ConsoleAccess::ofServer(dataDirectory)))
        return {};
    if (platform::become(folder->owner, folder->group))
        return {};
    const QString why = qt_error_string(errno); // the name of a user is looked up in files
    return refused(ErrorCode::StorageFailure, u"the data directory %1 belongs to %2, which this process may not become: %3"_s.arg(
                                                  dataDirectory, platform::nameOf(folder->owner), why));
}

int run(const QStringList &arguments, const Places &places)
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
    const auto options = startOptionsFrom(parser, places);
    if (!options)
        return wrongUsage(options.error().detail);
    if (const QString fault = faultOfUsage(parser, arguments, options->configFile); !fault.isEmpty())
        return wrongUsage(fault);
    const Command &command = *findCommand(words);
    if (command.handOut)
        return command.handOut(places.shared, words.last());
    if (const auto done = actAsOwner(command, options->dataDirectory); !done)
        return cannotRun(done.error());
    if (command.runAlone)
        return command.runAlone(parser, *options);
    const auto settings = loadSettings(*options);
    if (!settings) {
        printError(settings.error());
        return settings.error().code == ErrorCode::ConfigInvalid ? WrongConfig : CannotRun;
    }
    configureLog(LogSetup::from(*settings));
    routeQtMessagesToLog();
    return runCommand(command, parser, *options, *settings);
}

} // namespace

int runCommandLine(const QStringList &arguments, const Places &places) { return finishOutput(run(arguments, places)); }

} // namespace warder
