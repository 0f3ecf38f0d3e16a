#include "app/cli/Commands.h"

#include "core/base/ProofKind.h"
#include "core/base/Text.h"
#include "core/console/SessionQuery.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostTries = 50;

QString stateOf(const SessionView &session)
{
    return session.endedAt ? session.endReason : session.isLive(SystemClock().now()) ? u"live"_s : u"expired"_s;
}

QString takenBy(SessionToken token)
{
    switch (token) {
    case SessionToken::User:    return u"the whole e-mail address of a user"_s;
    case SessionToken::Address: return u"an address or a network, such as 10.0.0.0/8"_s;
    case SessionToken::Device:  return u"a part of a device, such as firefox or \"Edge, Windows\""_s;
    case SessionToken::State:   return u"live or ended"_s;
    case SessionToken::Since:   return u"a span such as 2h or 7d, or a day such as 2026-10-01"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

int report(const CommandContext &context, const Result<int> &ended)
{
    if (!ended)
        return fail(ended.error());
    if (context.json)
        printJson(QJsonObject {{u"revoked"_s, *ended}});
    else
        printLine(u"%1 ended."_s.arg(*ended == 1 ? u"1 session"_s : u"%1 sessions"_s.arg(*ended)));
    return Done;
}

/// Others sign in and out between the count and the order: then their number is read again.
Result<int> revokeAll(const CommandContext &context)
{
    for (int left = mostTries;; --left) {
        const auto counts = context.ask(CountSessions {});
        if (!counts)
            return refused(counts);
        const auto ended = context.ask(RevokeShown {.filter = {}, .seen = counts->live, .newest = counts->newest});
        if (ended || ended.error().code != ErrorCode::Conflict || left == 0)
            return ended;
    }
}

} // namespace

int sessionList(const CommandContext &context)
{
    const auto rowOf = [](const SessionView &session) -> QStringList {
        return {session.id.toString(),      session.email,   session.device, session.address, proofText(session.method, session.amr),
                toText(session.lastSeenAt), stateOf(session)};
    };
    const QString typed = context.arguments.value(0);
    if (const auto bad = session_query::badTokenIn(typed)) {
        const QString value = bad->value.isEmpty() ? u"nothing"_s : shortened(bad->value);
        return wrongUsage(u"%1: takes %2, not %3"_s.arg(nameOf(bad->token), takenBy(bad->token), value));
    }
    const SessionFilter filter = session_query::filterOf(typed, context.parser.isSet(u"ended"_s));
    const QStringList titles {u"ID"_s, u"USER"_s, u"DEVICE"_s, u"ADDRESS"_s, u"METHOD"_s, u"LAST SEEN"_s, u"STATE"_s};
    return context.showAll(ListSessions {.filter = filter}, titles, rowOf, u"No sessions."_s);
}

int sessionRevoke(const CommandContext &context)
{
    const bool all = context.parser.isSet(u"all"_s);
    const QString user = context.parser.value(u"user"_s);
    QList<Id> ids;
    for (const QString &text : context.arguments) {
        const auto id = Id::fromString(text);
        if (!id)
            return wrongUsage(u"%1 is not a session id"_s.arg(text));
        ids += *id;
    }
    if (int(all) + int(!user.isEmpty()) + int(!ids.isEmpty()) != 1)
        return wrongUsage(u"say which: session ids, --user EMAIL, or --all"_s);
    if (all)
        return report(context, revokeAll(context));
    if (!user.isEmpty())
        return report(context, context.ask(FindUser {.user = user}).and_then([&context](const UserView &found) {
            return context.ask(EndSessionsOf {.user = found.id});
        }));
    const auto ended = context.ask(RevokeSessions {.sessions = ids});
    if (ended && *ended == 0)
        return fail({.code = ErrorCode::NotFound,
                     .detail = ids.size() == 1 ? u"no live session has this id"_s : u"no live session has one of these ids"_s});
    return report(context, ended);
}

} // namespace warder
