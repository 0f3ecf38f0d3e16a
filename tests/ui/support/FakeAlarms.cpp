#include "core/console/TextMatcher.h"
#include "tests/ui/support/FakeConsole.h"

using namespace Qt::StringLiterals;

namespace warder::test {

QList<AlarmView> FakeConsole::alarmsShown(const QString &text, const QList<AlarmState> &states) const
{
    const TextMatcher matcher(text);
    QList<AlarmView> rows;
    for (const AlarmView &row : alarmRows) {
        const bool isMatch = matcher.isIn(row.alarm.email) || matcher.isIn(row.alarm.address);
        if (isMatch && (states.isEmpty() || states.contains(row.state)))
            rows += row;
    }
    return rows;
}

/// As the core does it, and tells of it.
int FakeConsole::markAlarms(const MarkAlarms &order)
{
    int marked = 0;
    for (AlarmView &row : alarmRows) {
        const bool isBack = order.state == AlarmState::Seen && row.state == AlarmState::Done;
        if (!order.alarms.contains(row.id) || row.state == order.state || isBack)
            continue;
        row.state = order.state;
        row.changedAt = m_clock.now();
        row.changedBy = u"console"_s;
        ++marked;
    }
    if (marked > 0)
        publish({AlarmsChanged {}});
    return marked;
}

void FakeConsole::teachAlarms()
{
    const auto wordsOf = [](const QString &text, const QList<AlarmState> &states) {
        QStringList words {text};
        for (const AlarmState state : states)
            words += nameOf(state);
        return words.join(u' ');
    };
    teach<ListAlarms>([this, wordsOf](const ListAlarms &order) {
        return Play<ListAlarms> {u"alarms "_s + wordsOf(order.text, order.states),
                                 pageOf(alarmsShown(order.text, order.states), order.cursor, order.limit)};
    });
    teach<CountAlarms>([this, wordsOf](const CountAlarms &order) {
        return Play<CountAlarms> {u"countAlarms "_s + wordsOf(order.text, order.states),
                                  qint64(alarmsShown(order.text, order.states).size())};
    });
    teach<FindAlarms>([this](const FindAlarms &order) {
        QList<AlarmView> rows = alarmRows;
        rows.removeIf([&order](const AlarmView &row) { return !order.alarms.contains(row.id); });
        return Play<FindAlarms> {u"findAlarms %1"_s.arg(order.alarms.size()), rows};
    });
    teach<MarkAlarms>([this](const MarkAlarms &order) {
        const QString what = u"markAlarms %1 %2"_s.arg(nameOf(order.state)).arg(order.alarms.size());
        return Play<MarkAlarms> {what, isToFail(u"markAlarms"_s) ? 0 : markAlarms(order)};
    });
}

} // namespace warder::test
