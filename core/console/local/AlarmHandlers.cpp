#include "core/alarms/AlarmStore.h"
#include "core/console/TextMatcher.h"
#include "core/console/ViewsOf.h"
#include "core/console/local/LocalConsole.h"
#include "core/console/orders/Alarms.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostInPage = 500;

/// The last alarm that was read; null for an empty cursor.
Result<Id> alarmAt(const QString &cursor)
{
    const auto id = Id::fromString(cursor);
    if (!id && !cursor.isEmpty())
        return refused(ErrorCode::InvalidInput, u"the cursor is none of this list"_s);
    return id.value_or(Id {});
}

bool matches(const TextMatcher &matcher, const RaisedAlarm &alarm)
{
    return matcher.isIn(alarm.email) || matcher.isIn(alarm.address) || matcher.isIn(alarm.about);
}

Result<PageOf<AlarmView>> list(ConsoleContext &console, const ListAlarms &order, Errand &)
{
    PageOf<AlarmView> page {.rows = {}, .next = {}, .position = console.journal.position()};
    const auto before = TextMatcher::check(order.text).and_then([&order] { return alarmAt(order.cursor); });
    if (!before)
        return refused(before);
    const int limit = std::clamp(order.limit, 1, mostInPage);
    const auto take = [&, matcher = TextMatcher(order.text)](const StoredAlarm &alarm) {
        if (!matches(matcher, alarm.raised))
            return true;
        if (page.rows.size() == limit) {
            page.next = page.rows.last().id.toString(); // there is one more
            return false;
        }
        page.rows += viewOf(alarm);
        return true;
    };
    return AlarmStore::each(console.database.reader(), order.states, *before, take).transform([&page] { return page; });
}

Result<qint64> count(ConsoleContext &console, const CountAlarms &order, Errand &)
{
    if (const auto fit = TextMatcher::check(order.text); !fit)
        return refused(fit);
    const TextMatcher matcher(order.text);
    DbConnection &reader = console.database.reader();
    if (matcher.isEmpty())
        return AlarmStore::count(reader, order.states);
    qint64 number = 0;
    const auto take = [&](const StoredAlarm &alarm) {
        number += matches(matcher, alarm.raised) ? 1 : 0;
        return true;
    };
    return AlarmStore::each(reader, order.states, {}, take).transform([&number] { return number; });
}

Result<void> checkNumber(const QList<Id> &alarms)
{
    if (alarms.size() > MarkAlarms::most)
        return refused(ErrorCode::InvalidInput, u"at most %1 alarms at once"_s.arg(MarkAlarms::most));
    return {};
}

Result<QList<AlarmView>> find(ConsoleContext &console, const FindAlarms &order, Errand &)
{
    if (const auto fit = checkNumber(order.alarms); !fit)
        return refused(fit);
    QList<AlarmView> all;
    for (const Id &each : order.alarms) {
        const auto found = AlarmStore::find(console.database.reader(), each);
        if (!found)
            return refused(found);
        if (*found)
            all += viewOf(**found);
    }
    return all;
}

Result<void> findAlone(ConsoleContext &console, const QList<Id> &alarms)
{
    if (alarms.size() != 1)
        return {}; // one of several that is gone is no matter
    const auto found = AlarmStore::find(console.database.reader(), alarms.first());
    if (!found)
        return refused(found);
    return *found ? Result<void>() : refused(ErrorCode::NotFound, u"there is no alarm %1"_s.arg(alarms.first().toString()));
}

Result<int> mark(ConsoleContext &console, const MarkAlarms &order)
{
    if (const auto fit = checkNumber(order.alarms); !fit)
        return refused(fit);
    if (const auto found = findAlone(console, order.alarms); !found)
        return refused(found);
    const auto marked = console.database.write(
        [&](Transaction &transaction) { return AlarmStore::mark(transaction, order.alarms, order.state, console.actor, console.now()); });
    if (marked && *marked > 0)
        console.journal.record(AlarmsChanged {});
    return marked;
}

} // namespace

void LocalConsole::addAlarmHandlers() { add(list, count, mark, find); }

} // namespace warder
