#pragma once

#include "app/CommandLine.h"
#include "app/cli/ConsoleAccess.h"
#include "app/cli/ExitCode.h"

#include <QCommandLineParser>

namespace warder {

/// What a command works with.
struct CommandContext
{
    const QCommandLineParser &parser;
    QStringList arguments; ///< Without the command's own words.
    QString secret;        ///< What Command::ask brought.
    QString dataDirectory;
    Console &console;
    bool json = false;

    /// Waits for the answer (ConsoleAccess::wait).
    template <typename Order>
    Result<typename Order::Answer> ask(Order order) const
    {
        return ConsoleAccess::wait(console, console.ask(std::move(order)));
    }
};

/// One row of the admin command line.
struct Command
{
    QString words;       ///< "user add"
    QString arguments;   ///< "EMAIL"
    QString text;        ///< One line.
    QStringList options; ///< Its own: those of a start and --json go with every command.
    int leastArguments = 0;
    int mostArguments = 0;
    std::function<int(const CommandContext &)> run;
    /// Asks for the password, before the data directory is taken: who thinks about one holds nobody up. May be null.
    Result<QString> (*ask)(const QCommandLineParser &parser) = nullptr;
    /// In place of `run`, for a command that reads no settings and needs no console. Of the options of a start it takes --data-dir.
    int (*runAlone)(const QCommandLineParser &parser, const StartOptions &options) = nullptr;
    QStringList repeated = {};       ///< Of its options, those that may be given several times.
    QString more = {};               ///< What its own help says below the text.
    Opening opening = Opening::Look; ///< What it may do to a data directory that no server holds.
    /// In place of `run` where no server holds the data directory, for a command that needs none. May be null.
    int (*runOnSettings)(const Settings &settings, const QString &dataDirectory, bool json) = nullptr;
};

/// Every command but `serve` and `config check`, which need the settings and no console.
const QList<Command> &commands();

} // namespace warder
