#include "app/cli/Commands.h"

#include "core/base/Text.h"
#include "core/console/Json.h"
#include "core/console/orders/Activity.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Seconds lastDay = std::chrono::hours {24};
constexpr int recordsAtOnce = 500;

QStringList recordCells(const ActivityView &record)
{
    return {toText(record.at), record.type,  record.email.isEmpty() && record.userId ? record.userId->toString() : record.email,
            record.address,    record.actor, QString::fromUtf8(QJsonDocument(record.details).toJson(QJsonDocument::Compact))};
}

/// The whole chain, part by part.
struct WholeCheck
{
    qint64 checked = 0;
    QList<ActivityBreakView> breaks = {};
    ActivityCheck last = {};
};

Result<WholeCheck> checkChain(const CommandContext &context, const QString &remembered)
{
    WholeCheck whole;
    CheckActivity order {.remembered = remembered};
    do {
        const auto part = context.ask(order);
        if (!part)
            return refused(part);
        whole.checked += part->checked;
        whole.breaks += part->breaks;
        whole.last = *part;
        order = CheckActivity {.cursor = part->next};
    } while (!order.cursor.isEmpty());
    return whole;
}

QString recordsOf(const ActivityBreakView &broken)
{
    return broken.from == broken.to ? u"record %1"_s.arg(broken.from) : u"records %1 to %2"_s.arg(broken.from).arg(broken.to);
}

QString wordsOf(const ActivityBreakView &broken)
{
    switch (broken.flaw) {
    case AuditFlaw::Changed:  return u"changed or moved, or the one before was"_s;
    case AuditFlaw::Missing:  return u"missing"_s;
    case AuditFlaw::CutOff:   return u"missing at the end"_s;
    case AuditFlaw::Replaced: return u"another one than the head that was given"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

void printCheck(const WholeCheck &whole)
{
    printLine(whole.breaks.isEmpty() ? u"Intact."_s : u"NOT INTACT."_s);
    QList<QStringList> facts {{u"checked"_s, u"%1 records, up to number %2"_s.arg(whole.checked).arg(whole.last.last)}};
    if (whole.last.first > 0)
        facts += QStringList {u"not checked"_s,
                              u"up to number %1: removed for their age, or of before there was a chain"_s.arg(whole.last.first)};
    facts += QStringList {u"head"_s, whole.last.head};
    for (const ActivityBreakView &broken : whole.breaks)
        facts += QStringList {recordsOf(broken), wordsOf(broken)};
    printFacts(facts);
}

QJsonObject jsonOf(const WholeCheck &whole)
{
    return {{u"intact"_s, whole.breaks.isEmpty()}, {u"checked"_s, whole.checked}, {u"first"_s, whole.last.first},
            {u"last"_s, whole.last.last},          {u"head"_s, whole.last.head},  {u"breaks"_s, toJson(whole.breaks)}};
}

/// The number that was given for --after; 0 where none was.
Result<qint64> numberAfter(const CommandContext &context)
{
    const auto typed = context.given(u"after"_s);
    bool isNumber = true;
    const qint64 number = typed ? typed->toLongLong(&isNumber) : 0;
    if (!isNumber || number < 0)
        return refused(ErrorCode::InvalidInput, u"--after is the number of a record, not %1"_s.arg(shortened(*typed)));
    return number;
}

/// Nobody else writes while the command itself holds the data directory, and no server could start.
Result<void> mayFollow(const CommandContext &context)
{
    return context.ask(ReadOverview {}).and_then([](const OverviewView &overview) -> Result<void> {
        if (overview.server.dataDirectory.isEmpty())
            return refused(ErrorCode::Conflict, u"--follow needs a server that runs on the data directory"_s);
        return {};
    });
}

/// Until something changes, or a while: then it is worth another look.
Result<void> waitForNews(const CommandContext &context, quint64 position)
{
    return context.ask(ChangesSince {.position = position, .wait = ChangesSince::longestWait}).transform([](const Changes &) {});
}

/// Ends when there are no more, or nobody reads, or with what went wrong.
int writeRecords(const CommandContext &context, qint64 after, bool follows)
{
    for (;;) {
        const auto news = context.ask(ReadActivity {.after = after, .limit = recordsAtOnce});
        if (!news)
            return fail(news.error());
        for (const ActivityView &record : news->rows)
            printJsonLine(toJson(record));
        if (!flushOutput())
            return Refused;
        after = news->lookedAt;
        if (news->hasMore)
            continue;
        if (!follows)
            return Done;
        if (const auto waited = waitForNews(context, news->position); !waited)
            return fail(waited.error());
    }
}

} // namespace

int auditList(const CommandContext &context)
{
    const auto last = context.durationGiven(u"last"_s);
    if (!last)
        return wrongUsage(last.error().detail);
    const ActivityFilter filter {.types = context.parser.values(u"type"_s),
                                 .user = context.parser.value(u"user"_s),
                                 .address = context.parser.value(u"address"_s),
                                 .from = SystemClock().now() - last->value_or(lastDay)};
    const QStringList titles {u"TIME"_s, u"WHAT"_s, u"WHO"_s, u"ADDRESS"_s, u"BY"_s, u"DETAILS"_s};
    return context.showAll(ListActivity {.filter = filter}, titles, recordCells, u"No records."_s);
}

int auditVerify(const CommandContext &context)
{
    const auto whole = checkChain(context, context.parser.value(u"head"_s));
    if (!whole)
        return fail(whole.error());
    if (context.json)
        printJson(jsonOf(*whole));
    else
        printCheck(*whole);
    return whole->breaks.isEmpty() ? Done : Refused;
}

int auditExport(const CommandContext &context)
{
    const auto after = numberAfter(context);
    if (!after)
        return wrongUsage(after.error().detail);
    const bool follows = context.parser.isSet(u"follow"_s);
    if (const auto may = follows ? mayFollow(context) : Result<void>(); !may)
        return fail(may.error());
    return writeRecords(context, *after, follows);
}

} // namespace warder
