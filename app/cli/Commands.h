#pragma once

#include "app/CommandLine.h"
#include "app/cli/ConsoleAccess.h"
#include "app/cli/ExitCode.h"
#include "app/cli/Output.h"
#include "core/assembly/Core.h"
#include "core/config/Settings.h"
#include "core/console/Console.h"
#include "core/console/Json.h"

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

    /// What was said for an option, or all where it may be said several times; nothing where it was not.
    std::optional<QString> given(const QString &option) const;
    std::optional<QStringList> allGiven(const QString &option) const;
    /// The same as a duration of a second at least; InvalidInput, in words for wrongUsage(), for anything else.
    Result<std::optional<Seconds>> durationGiven(const QString &option) const;

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
int userInvite(const CommandContext &context);
int userImport(const CommandContext &context); ///< All users of a file, or none.
int userEdit(const CommandContext &context);
int userList(const CommandContext &context);
int userShow(const CommandContext &context);
int userDisable(const CommandContext &context);
int userEnable(const CommandContext &context);
int userDelete(const CommandContext &context);
int userRestore(const CommandContext &context);
int userSetPassword(const CommandContext &context);
int userResetMfa(const CommandContext &context);

/// How passwords are hashed.
int passwordTune(const CommandContext &context);

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
int keySchedule(const CommandContext &context);

/// The key that all others are sealed under.
int masterKeyShowSource(const CommandContext &context);
int masterKeyMove(const CommandContext &context);
int masterKeyRotate(const CommandContext &context);
int masterKeyExport(const CommandContext &context);
int masterKeyImport(const CommandContext &context);
/// Where no server runs: none can while the key is lost.
int masterKeyImportAlone(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser);

/// Backups of the database. Where no server runs, its database may be what is damaged: lists and checks need none.
int backupCreate(const CommandContext &context);
int backupList(const CommandContext &context);
int backupListAlone(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser);
int backupVerify(const CommandContext &context);
int backupVerifyAlone(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser);
int backupRestore(const CommandContext &context);
int backupRestoreAlone(const StartOptions &options, const Settings &settings, const QCommandLineParser &parser);

/// Mails.
int mailList(const CommandContext &context);
int mailStatus(const CommandContext &context);
int mailRetry(const CommandContext &context);
int mailDrop(const CommandContext &context);
int mailTest(const CommandContext &context);
int mailPreview(const CommandContext &context);

/// What an admin should notice.
int alarmList(const CommandContext &context);
int alarmSeen(const CommandContext &context);
int alarmDone(const CommandContext &context);

/// Providers that sign people in.
Result<QString> askForProviderSecret(const QCommandLineParser &parser);
Result<QString> askForNewProviderSecret(const QCommandLineParser &parser); ///< Only where the options say that there is one.
int providerList(const CommandContext &context);
int providerShow(const CommandContext &context);
int providerAdd(const CommandContext &context);
int providerEdit(const CommandContext &context);
int providerTest(const CommandContext &context);
int providerRemove(const CommandContext &context);

/// Limits: what they are, and what they counted.
int limitList(const CommandContext &context);
int limitShow(const CommandContext &context);
int limitAdd(const CommandContext &context);
int limitSet(const CommandContext &context);
int limitReset(const CommandContext &context);
int limitRemove(const CommandContext &context);
int limitTry(const CommandContext &context);
int limitStats(const CommandContext &context);
int limitHistory(const CommandContext &context);
/// Whom they hold back, and for whom they do not hold.
int limitHeld(const CommandContext &context);
int limitUnblock(const CommandContext &context);
int limitExempt(const CommandContext &context);
int limitBlock(const CommandContext &context);
int limitNetworks(const CommandContext &context);
int limitForget(const CommandContext &context);

/// Who did what.
int auditList(const CommandContext &context);
int auditVerify(const CommandContext &context);
int auditExport(const CommandContext &context); ///< A record a line, oldest first; with --follow until something ends it.

/// The server that runs on the data directory; a refusal when none does.
int serverStatus(const CommandContext &context);
int serverPause(const CommandContext &context);
int serverRestart(const CommandContext &context);
int serverResume(const CommandContext &context);
int serverReload(const CommandContext &context);
int serverConsole(const QCommandLineParser &parser, const StartOptions &options); ///< Until the window at its stdin is gone.
int serverSocket(const QCommandLineParser &parser, const StartOptions &options);

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
