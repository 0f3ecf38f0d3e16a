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
    printFacts(facts);
}

int order(const CommandContext &context, Answer<ServerView> answer)
{
    return show<ServerView>(context, ConsoleAccess::wait(std::move(answer)), print);
}

} // namespace

int serverStatus(const CommandContext &context)
{
    const auto view = ConsoleAccess::wait(context.console.overview()).transform([](const OverviewView &overview) { return overview.server; });
    return show<ServerView>(context, view, print);
}

int serverPause(const CommandContext &context) { return order(context, context.console.pauseServer()); }

int serverResume(const CommandContext &context) { return order(context, context.console.resumeServer()); }

int serverReload(const CommandContext &context)
{
    return show<QStringList>(context, ConsoleAccess::wait(context.console.reloadServer()), [](const QStringList &waiting) {
        printLine(waiting.isEmpty() ? u"Reloaded."_s : u"Reloaded. These act after a restart: %1"_s.arg(waiting.join(u", "_s)));
    });
}

} // namespace warder
