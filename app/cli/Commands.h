#pragma once

#include "app/CommandLine.h"
#include "app/cli/ConsoleAccess.h"
#include "app/cli/ExitCode.h"
#include "app/cli/Output.h"
#include "core/assembly/Core.h"
#include "core/config/Settings.h"
#include "core/console/Console.h"

#include <QCommandLineParser>

namespace warder {

/// What a command works with.
struct CommandContext
{
    const QCommandLineParser &parser;
    QStringList arguments; ///< Without the command's own words.
    QString secret;        ///< What Command::ask brought.
    QString configFile;
    Console &console;
    bool json = false;

    /// Waits for the answer (ConsoleAccess::wait).
    template <typename Order>
    Result<typename Order::Answer> ask(Order order) const
    {
        return ConsoleAccess::wait(console, console.ask(std::move(order)));
    }

    /// Asks for every page of a list, 500 rows at a time. Gives all rows.
    template <typename Order>
    Result<decltype(Order::Answer::rows)> askAll(Order order) const
    {
        decltype(Order::Answer::rows) all;
        order.limit = 500;
        do {
            const auto page = ask(order);
            if (!page)
                return refused(page);
            all += page->rows;
            order.cursor = page->next;
        } while (!order.cursor.isEmpty());
        return all;
    }

    /// Prints an answer, as JSON where that is asked for, or its refusal. Returns the exit code.
    template <typename T>
    int show(const Result<T> &answer, const auto &print) const
    {
        if (!answer)
            return fail(answer.error());
        if (json)
            printJson(toJson(*answer));
        else
            print(*answer);
        return Done;
    }

    /// The same for every page of a list, as a table of what `rowOf` makes of each row.
    template <typename Order>
    int showAll(Order order, const QStringList &head, const auto &rowOf, const QString &whenEmpty) const
    {
        return show(askAll(std::move(order)), [&](const auto &rows) {
            QList<QStringList> table;
            std::ranges::transform(rows, std::back_inserter(table), rowOf);
            printTable(head, table, whenEmpty);
        });
    }

    /// Asks on the terminal before something that cannot be undone; only "y" agrees, and --yes does without the question.
    bool isConfirmed(const QString &question) const;
};

/// One row of the command line.
struct Command
{
    QString words = {};       ///< "user add"
    QString arguments = {};   ///< "EMAIL"
    QString text = {};        ///< One line.
    QStringList options = {}; ///< Its own: those of a start and --json go with every command.
    int leastArguments = 0;
    int mostArguments = 0;
    std::function<int(const CommandContext &)> run = {};
    /// Asks for the password, before the data directory is taken: who thinks about one holds nobody up. May be null.
    Result<QString> (*ask)(const QCommandLineParser &parser) = nullptr;
    /// In place of `run`, for a command that reads no settings and needs no console. Of the options of a start it takes --data-dir.
    int (*runAlone)(const QCommandLineParser &parser, const StartOptions &options) = nullptr;
    QStringList repeated = {};       ///< Of its options, those that may be given several times.
    QString more = {};               ///< What its own help says below the text.
    Opening opening = Opening::Look; ///< What it may do to a data directory that no server holds.
    /// In place of `run`, for a command that copies to a folder what the installation has in `shared`. It takes no options.
    int (*handOut)(const QString &shared, const QString &folder) = nullptr;
    /// For a command that needs settings, but no console. Beside `run`: in its place where no server holds the data directory.
    int (*runOnSettings)(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser) = nullptr;
};

/// Every command, in the order of the help.
const QList<Command> &commands();

/// What the rows run: users.
Result<QString> askForNewUser(const QCommandLineParser &parser);
Result<QString> askForNewPassword(const QCommandLineParser &parser);
int userAdd(const CommandContext &context);
int userImport(const CommandContext &context); ///< All users of a file, or none.
int userEdit(const CommandContext &context);
int userList(const CommandContext &context);
int userShow(const CommandContext &context);
int userDisable(const CommandContext &context);
int userEnable(const CommandContext &context);
int userRemove(const CommandContext &context);
int userSetPassword(const CommandContext &context);

/// Sessions and keys.
int sessionList(const CommandContext &context);
int sessionRevoke(const CommandContext &context);
int keyList(const CommandContext &context);
int keyRotate(const CommandContext &context);
int keyRevoke(const CommandContext &context);
int keyRestore(const CommandContext &context);
int keyRemove(const CommandContext &context);
Result<QString> askForPassphrase(const QCommandLineParser &parser);
int keyImport(const CommandContext &context);
int keyImportFormer(const CommandContext &context);
int keyConsumers(const CommandContext &context);

/// The key that all others are sealed under.
int masterKeyShowSource(const CommandContext &context);
int masterKeyMove(const CommandContext &context);
int masterKeyRotate(const CommandContext &context);
int masterKeyExport(const CommandContext &context);
int masterKeyImport(const CommandContext &context);
/// Where no server runs: none can while the key is lost.
int masterKeyImportAlone(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser);

/// The server that runs on the data directory; a refusal when none does.
int serverStatus(const CommandContext &context);
int serverPause(const CommandContext &context);
int serverResume(const CommandContext &context);
int serverReload(const CommandContext &context);
int serverConsole(const QCommandLineParser &parser, const StartOptions &options); ///< Until the window at its stdin is gone.

/// Serves until SIGTERM or SIGINT; SIGHUP reloads.
int serve(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser);

/// Settings, and certificates for development.
int configShow(const CommandContext &context);
int configShowOf(const StartOptions &options, const Settings &settings,
                 const QCommandLineParser &parser); ///< What a server would take, where none runs.
int configCheck(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser);
int tlsMakeLocal(const QCommandLineParser &parser, const StartOptions &options);

/// The Next.js half.
int starter(const QString &shared, const QString &place);
int nextjsPackage(const QString &shared, const QString &place);

} // namespace warder
