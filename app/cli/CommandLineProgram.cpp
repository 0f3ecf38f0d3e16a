#include "app/cli/CommandLineProgram.h"

#include "app/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "app/cli/Serve.h"
#include "core/telemetry/Log.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString overview()
{
    QString text = u"Warder: an authentication server.\n\nCommands:\n"
                   "  serve                          Serve HTTP until told to stop (SIGTERM, Ctrl+C).\n"_s;
    for (const Command &command : commands())
        text += u"  %1 %2\n"_s.arg((command.words + u' ' + command.arguments).leftJustified(30), command.text);
    text += u"  config check                   Judge file, environment and command line without starting.\n\n"
            "Admin commands act through the server that holds the data directory, or on the database itself when none runs.\n"
            "Passwords come from a prompt or from stdin, never from the command line.\n"
            "Exit codes: 0 done, 1 refused or not found, 2 wrong usage, 3 wrong configuration, 4 cannot run."_s;
    return text;
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(overview());
    parser.addHelpOption();
    parser.addVersionOption();
    addStartOptions(parser);
    parser.addOptions({
        {u"json"_s, u"Answer in JSON, for scripts."_s},
        {u"password-stdin"_s, u"Read the password as one line from stdin."_s},
        {u"password-hash-stdin"_s, u"Read an existing Argon2 or bcrypt hash from stdin instead of a password."_s},
        {u"name"_s, u"Name of a new account. For tls make-local: a host name or address; may be given several times."_s, u"text"_s},
        {u"role"_s, u"Role of a new account; may be given several times."_s, u"role"_s},
        {u"yes"_s, u"Do not ask before deleting or revoking."_s},
        {u"user"_s, u"Whose sessions to revoke."_s, u"email"_s},
        {u"all"_s, u"Revoke every session."_s},
        {u"ended"_s, u"List ended sessions as well."_s},
        {u"purpose"_s, u"Which key to rotate: access (default) or refresh."_s, u"purpose"_s},
    });
    parser.addPositionalArgument(u"command"_s, u"See above."_s, u"command"_s);
}

int wrongUsage(const QString &why)
{
    printError({.code = ErrorCode::InvalidInput, .detail = why + u" (see warderd --help)"_s});
    return WrongUsage;
}

const Command *find(const QStringList &words)
{
    for (const Command &command : commands()) {
        if (command.words == words.mid(0, 2).join(u' '))
            return &command;
    }
    return nullptr;
}

bool isServe(const QStringList &words) { return words == QStringList {u"serve"_s}; }
bool isCheck(const QStringList &words) { return words == QStringList {u"config"_s, u"check"_s}; }

/// An option that the command would not look at is a mistake, not a wish to be passed over in silence.
QString faultOfOptions(const QCommandLineParser &parser, const QString &command, const QStringList &allowed, const QStringList &repeated)
{
    static const QStringList single {u"data-dir"_s, u"name"_s, u"user"_s, u"purpose"_s};
    for (const QString &name : parser.optionNames()) {
        if (!allowed.contains(name))
            return u"%1 has no option --%2"_s.arg(command, name);
        if (single.contains(name) && !repeated.contains(name) && parser.values(name).size() > 1)
            return u"--%1 is given twice"_s.arg(name);
    }
    if (parser.isSet(u"password-stdin"_s) && parser.isSet(u"password-hash-stdin"_s))
        return u"stdin holds a password or a hash: not both --password-stdin and --password-hash-stdin"_s;
    return {};
}

/// Why this is nothing that could be run, in one line; empty if it can be.
QString faultOfUsage(const QCommandLineParser &parser, const QStringList &words, const Command *command)
{
    if (!command && !isServe(words) && !isCheck(words))
        return u"no such command: %1"_s.arg(words.join(u' '));
    const auto count = words.size() - 2;
    if (command && (count < command->leastArguments || count > command->mostArguments))
        return u"%1 takes: %2"_s.arg(command->words, command->arguments.isEmpty() ? u"nothing"_s : command->arguments);
    QStringList allowed {u"data-dir"_s};
    if (!command || !command->runAlone)
        allowed += {u"listen"_s, u"set"_s};
    if (!isServe(words))
        allowed += u"json"_s;
    if (!command)
        return faultOfOptions(parser, words.join(u' '), allowed, {});
    return faultOfOptions(parser, command->words, allowed + command->options, command->repeated);
}

int check(bool json)
{
    if (json)
        printJson(QJsonObject {{u"valid"_s, true}});
    else
        printLine(u"The configuration is right."_s);
    return Done;
}

int runCommand(const Command &command, const QCommandLineParser &parser, const StartOptions &options, const Settings &settings)
{
    const auto secret = command.ask ? command.ask(parser) : Result<QString>(QString());
    if (!secret)
        return fail(secret.error());
    const auto access = ConsoleAccess::open(options.dataDirectory, settings);
    if (!access) {
        printError(access.error());
        return CannotRun;
    }
    return command.run({.parser = parser, .arguments = parser.positionalArguments().mid(2), .secret = *secret, .console = (*access)->console(),
                        .json = parser.isSet(u"json"_s)});
}

} // namespace

int runCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        return wrongUsage(parser.errorText());
    const QStringList words = parser.positionalArguments();
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    if (parser.isSet(u"help"_s) || words.isEmpty())
        parser.showHelp(words.isEmpty() && !parser.isSet(u"help"_s) ? WrongUsage : Done);
    const Command *command = find(words);
    if (const QString fault = faultOfUsage(parser, words, command); !fault.isEmpty())
        return wrongUsage(fault);
    const StartOptions options = startOptionsFrom(parser);
    if (command && command->runAlone)
        return command->runAlone(parser, options);
    const auto settings = loadSettings(options);
    if (!settings) {
        printError(settings.error());
        return WrongConfig;
    }
    configureLog(logSetupFrom(settings->text("log.level"_L1), settings->text("log.format"_L1)));
    routeQtMessagesToLog();
    if (isCheck(words))
        return check(parser.isSet(u"json"_s));
    return command ? runCommand(*command, parser, options, *settings) : serve(options, *settings);
}

} // namespace warder
