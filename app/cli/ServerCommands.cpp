#include "app/cli/ServerCommands.h"

#include "app/cli/Show.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString wordOf(ServerState state)
{
    switch (state) {
    case ServerState::Stopped:  return u"stopped"_s;
    case ServerState::Starting: return u"starting"_s;
    case ServerState::Running:  return u"running"_s;
    case ServerState::Paused:   return u"paused"_s;
    case ServerState::Stopping: return u"stopping"_s;
    case ServerState::Failed:   return u"failed"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString wordsOf(const ProblemView &problem)
{
    const QString since = u"since %1"_s.arg(toText(problem.since));
    return problem.detail.isEmpty() ? u"%1 (%2)"_s.arg(problem.code, since) : u"%1: %2 (%3)"_s.arg(problem.code, problem.detail, since);
}

void print(const ServerView &server)
{
    QList<QStringList> facts {{u"State"_s, wordOf(server.state)}};
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
    printFacts(facts);
}

bool isWell(const ServerView &server)
{
    return server.state == ServerState::Running && std::ranges::none_of(server.problems, &ProblemView::down);
}

} // namespace

int serverStatus(const CommandContext &context)
{
    const auto view = context.ask(ReadOverview {}).transform([](const OverviewView &overview) { return overview.server; });
    const int shown = show<ServerView>(context, view, print);
    return shown == Done && !isWell(*view) ? int(Refused) : shown;
}

int serverPause(const CommandContext &context) { return show<ServerView>(context, context.ask(PauseServer {}), print); }

int serverResume(const CommandContext &context) { return show<ServerView>(context, context.ask(ResumeServer {}), print); }

int serverReload(const CommandContext &context)
{
    const auto printProblems = [&context] { // what is wrong still, although the settings were taken
        const auto view = context.ask(ReadOverview {});
        for (const ProblemView &problem : view ? view->server.problems : QList<ProblemView>())
            printLine(u"Problem: "_s + wordsOf(problem));
    };
    return show<QStringList>(context, context.ask(ReloadServer {}), [&](const QStringList &waiting) {
        printLine(waiting.isEmpty() ? u"Reloaded."_s : u"Reloaded. These act after a restart: %1"_s.arg(waiting.join(u", "_s)));
        printProblems();
    });
}

} // namespace warder
