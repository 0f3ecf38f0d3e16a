#include "app/cli/Commands.h"

#include "app/Places.h"
#include "core/console/orders/Server.h"
#include "core/platform/LocalSockets.h"
#include "core/storage/DataDirectory.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString wordsOf(const ProblemView &problem)
{
    const QString since = u"since %1"_s.arg(toText(problem.since));
    return problem.detail.isEmpty() ? u"%1 (%2)"_s.arg(problem.code, since) : u"%1: %2 (%3)"_s.arg(problem.code, problem.detail, since);
}

void print(const ServerView &server)
{
    QList<QStringList> facts {{u"State"_s, namesOf<ServerState>[size_t(server.state)]}};
    for (const QString &address : server.addresses)
        facts += {u"Address"_s, address};
    if (!server.problem.isEmpty())
        facts += {u"Problem"_s, server.problem};
    if (server.certificateUntil)
        facts += {u"Certificate until"_s, toText(*server.certificateUntil)};
    if (!server.addresses.isEmpty())
        facts += {u"Connections"_s, QString::number(server.connections)};
    for (const ProblemView &problem : server.problems)
        facts += {problem.down ? u"DOWN"_s : u"Problem"_s, wordsOf(problem)};
    if (!server.waiting.isEmpty())
        facts += {u"After a restart"_s, server.waiting.join(u", "_s)};
    printFacts(facts);
}

/// Who asks by ssh may be another user than they need to be.
QString notThere(const QString &dataDirectory)
{
    const QString said = u"no server runs on the data directory %1"_s.arg(dataDirectory);
    const QString ofSystem = Places::ofBuild().systemData;
    if (ofSystem == dataDirectory || !platform::isListenedBelow(ofSystem))
        return said;
    return said + u"; the one on %1 is open to its owner and to root"_s.arg(ofSystem);
}

bool isWell(const ServerView &server)
{
    return server.state == ServerState::Running && std::ranges::none_of(server.problems, &ProblemView::down);
}

bool isDown(const ServerView &server) { return server.state == ServerState::Stopped || server.state == ServerState::Starting; }

ServerView serverOf(const OverviewView &overview) { return overview.server; }

/// The one that opened after `former` did, once it is where that one was.
Result<ServerView> serverAfter(const ServerView &former)
{
    static constexpr Milliseconds clocksDiffer {50}; // the start is told by two of them; the new one is further from the former
    const auto isBack = [&former](const OverviewView &now) {
        return now.server.startedAt > former.startedAt + clocksDiffer && (isDown(former) || !isDown(now.server));
    };
    return ConsoleAccess::askAnew(former.dataDirectory, ReadOverview {}, isBack).transform(serverOf);
}

int showState(const CommandContext &context, const Result<ServerView> &view)
{
    const int shown = context.show(view, print);
    return shown == Done && !isWell(*view) ? int(Refused) : shown;
}

} // namespace

int serverStatus(const CommandContext &context) { return showState(context, context.ask(ReadOverview {}).transform(serverOf)); }

int serverPause(const CommandContext &context) { return context.show(context.ask(PauseServer {}), print); }

int serverResume(const CommandContext &context) { return context.show(context.ask(ResumeServer {}), print); }

int serverRestart(const CommandContext &context)
{
    const auto former = context.ask(ReadOverview {}).transform(serverOf);
    if (!former)
        return fail(former.error());
    if (const auto ordered = context.ask(RestartServer {}); !ordered)
        return fail(ordered.error());
    return showState(context, serverAfter(*former));
}

int serverReload(const CommandContext &context)
{
    return context.show(context.ask(ReloadServer {}), [&context](const QStringList &waiting) {
        printLine(waiting.isEmpty() ? u"Reloaded."_s : u"Reloaded. These act after a restart: %1"_s.arg(waiting.join(u", "_s)));
        const auto view = context.ask(ReadOverview {}); // what is wrong still, although the settings were taken
        for (const ProblemView &problem : view ? view->server.problems : QList<ProblemView>())
            printLine(u"Problem: "_s + wordsOf(problem));
    });
}

int serverSocket(const QCommandLineParser &parser, const StartOptions &options)
{
    if (!DataDirectory::isInUse(options.dataDirectory))
        return fail({.code = ErrorCode::NotFound, .detail = notThere(options.dataDirectory)});
    const QString path = DataDirectory::socketPath(options.dataDirectory);
    if (parser.isSet(u"json"_s))
        printJson(QJsonObject {{u"socket"_s, path}});
    else
        printLine(path);
    return Done;
}

} // namespace warder
