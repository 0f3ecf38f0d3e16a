#include "ui/alarms/AlarmsModel.h"

#include "ui/alarms/AlarmTexts.h"
#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QList<Column<AlarmView>> alarmColumns()
{
    using Row = const AlarmView &;
    return {
        //: Column title: what an alarm is about, in a sentence.
        {.title = AlarmsModel::tr("What happened"),
         .characters = 44,
         .text = [](Row row, TimePoint) { return UiTexts::of(row.alarm); },
         .tip = [](Row row) { return UiTexts::of(row.alarm); }},
        //: Column title: whether somebody has seen an alarm, or has dealt with it.
        {.title = AlarmsModel::tr("State"),
         .characters = 8,
         .text = [](Row row, TimePoint) { return AlarmTexts::state(row.state); },
         .tone = [](Row row) { return AlarmTexts::tone(row.state); }},
        //: Column title: when an alarm began.
        {.title = AlarmsModel::tr("Since"), .characters = 13, .time = [](Row row) { return std::optional(row.alarm.at); }},
        //: Column title: the network address that an alarm is about.
        {.title = AlarmsModel::tr("Address"),
         .characters = 18,
         .text = [](Row row, TimePoint) { return row.alarm.address; },
         .isFixedWidth = true},
        //: Column title: the account that an alarm is about.
        {.title = AlarmsModel::tr("Account"),
         .characters = 22,
         .text = [](Row row, TimePoint) { return UiTexts::plain(row.alarm.email); },
         .tip = [](Row row) { return UiTexts::plain(row.alarm.email); }},
        //: Column title: how often an alarm came within its episode.
        {.title = AlarmsModel::tr("Times"), .characters = 6, .number = [](Row row) { return std::optional(row.times); }},
    };
}

} // namespace

AlarmsModel::AlarmsModel(const PageContext &context, QObject *page) : PagedModel(context, alarmColumns(), page) {}

void AlarmsModel::setFilter(const QString &text, const QList<AlarmState> &states)
{
    m_matcher = TextMatcher(text);
    m_states = states;
    setQuestions({.text = text, .states = states}, {.text = text, .states = states});
}

bool AlarmsModel::isWanted(const AlarmView &alarm) const
{
    const Alarm &what = alarm.alarm;
    const auto isIn = [this](const QString &text) { return m_matcher.isIn(text); };
    return (m_states.isEmpty() || m_states.contains(alarm.state))
           && std::ranges::any_of(QStringList {what.email, what.address, what.rule, what.problem}, isIn);
}

Csv::Fields csvFields(const AlarmView &alarm)
{
    const Alarm &what = alarm.alarm;
    return {{u"id"_s, alarm.id.toString()},
            {u"type"_s, nameOf(what.type)},
            {u"at"_s, Csv::time(what.at)},
            {u"last_at"_s, Csv::time(alarm.lastAt)},
            {u"times"_s, QString::number(alarm.times)},
            {u"sign"_s, what.type == AlarmType::BruteForce ? nameOf(what.sign) : QString()},
            {u"count"_s, QString::number(what.count)},
            {u"rule"_s, what.rule},
            {u"problem"_s, what.problem},
            {u"detail"_s, what.detail},
            {u"address"_s, what.address},
            {u"opened_from"_s, what.openedFrom},
            {u"email"_s, what.email},
            {u"user_id"_s, what.userId.isNull() ? QString() : what.userId.toString()},
            {u"session_id"_s, what.sessionId.isNull() ? QString() : what.sessionId.toString()},
            {u"state"_s, nameOf(alarm.state)},
            {u"changed_at"_s, Csv::time(alarm.changedAt)},
            {u"changed_by"_s, alarm.changedBy}};
}

} // namespace warder
