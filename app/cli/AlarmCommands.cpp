#include "app/cli/Commands.h"

#include "core/base/Text.h"
#include "core/console/orders/Alarms.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString alarmsOf(int count) { return count == 1 ? u"1 alarm"_s : u"%1 alarms"_s.arg(count); }

/// What it is about, beside address and account.
QString subjectOf(const Alarm &alarm)
{
    switch (alarm.type) {
    case AlarmType::BruteForce:    return alarm.count > 0 ? u"%1 (%2)"_s.arg(nameOf(alarm.sign)).arg(alarm.count) : nameOf(alarm.sign);
    case AlarmType::RefreshReused: return alarm.sessionId.toString();
    case AlarmType::LimitExceeded: return alarm.rule;
    case AlarmType::Problem:       return alarm.detail.isEmpty() ? alarm.problem : u"%1: %2"_s.arg(alarm.problem, alarm.detail.left(80));
    }
    Q_UNREACHABLE_RETURN({});
}

QString orDash(const QString &text) { return text.isEmpty() ? u"-"_s : text; }

QStringList rowOf(const AlarmView &view)
{
    return {view.id.toString(),
            toText(view.alarm.at),
            toText(view.lastAt),
            QString::number(view.times),
            nameOf(view.alarm.type),
            orDash(subjectOf(view.alarm)),
            orDash(view.alarm.address),
            orDash(view.alarm.email),
            view.changedBy.isEmpty() ? nameOf(view.state) : u"%1 by %2"_s.arg(nameOf(view.state), view.changedBy)};
}

/// Those that the order would change.
QList<AlarmState> statesBefore(AlarmState state)
{
    return state == AlarmState::Seen ? QList {AlarmState::Open} : QList {AlarmState::Open, AlarmState::Seen};
}

Result<QList<Id>> all(const CommandContext &context, AlarmState state)
{
    return context.askAll(ListAlarms {.states = statesBefore(state)}).transform([](const QList<AlarmView> &alarms) {
        QList<Id> ids;
        for (const AlarmView &each : alarms)
            ids += each.id;
        return ids;
    });
}

Result<QList<Id>> named(const QStringList &texts)
{
    QList<Id> ids;
    for (const QString &text : texts) {
        const auto id = Id::fromString(text);
        if (!id)
            return refused(ErrorCode::InvalidInput, u"%1 is not the id of an alarm"_s.arg(shortened(text)));
        ids += *id;
    }
    return ids;
}

/// As many orders as it takes.
Result<int> markAll(const CommandContext &context, const QList<Id> &alarms, AlarmState state)
{
    int marked = 0;
    for (qsizetype from = 0; from < alarms.size(); from += MarkAlarms::most) {
        const auto done = context.ask(MarkAlarms {.alarms = alarms.mid(from, MarkAlarms::most), .state = state});
        if (!done)
            return done;
        marked += *done;
    }
    return marked;
}

int mark(const CommandContext &context, AlarmState state)
{
    if (context.parser.isSet(u"all"_s) == !context.arguments.isEmpty())
        return wrongUsage(u"say which: ids of alarms, or --all"_s);
    const auto alarms = context.arguments.isEmpty() ? all(context, state) : named(context.arguments);
    if (!alarms)
        return fail(alarms.error());
    const auto marked = markAll(context, *alarms, state);
    if (!marked)
        return fail(marked.error());
    if (context.json)
        printJson(QJsonObject {{u"alarms"_s, *marked}});
    else
        printLine(u"%1 %2."_s.arg(alarmsOf(*marked), nameOf(state)));
    return Done;
}

} // namespace

int alarmList(const CommandContext &context)
{
    const auto typed = context.given(u"state"_s);
    const auto state = fromName<AlarmState>(typed.value_or(QString()));
    if (typed && !state)
        return wrongUsage(u"--state is open, seen or done, not %1"_s.arg(shortened(*typed)));
    if (typed && context.parser.isSet(u"all"_s))
        return wrongUsage(u"--state or --all, not both"_s);
    ListAlarms order {.text = context.arguments.value(0), .states = {AlarmState::Open, AlarmState::Seen}};
    if (state)
        order.states = {*state};
    else if (context.parser.isSet(u"all"_s))
        order.states.clear();
    const QStringList titles {u"ID"_s, u"SINCE"_s, u"LAST"_s, u"TIMES"_s, u"TYPE"_s, u"ABOUT"_s, u"ADDRESS"_s, u"ACCOUNT"_s, u"STATE"_s};
    return context.showAll(order, titles, rowOf, u"No alarms."_s);
}

int alarmSeen(const CommandContext &context) { return mark(context, AlarmState::Seen); }

int alarmDone(const CommandContext &context) { return mark(context, AlarmState::Done); }

} // namespace warder
