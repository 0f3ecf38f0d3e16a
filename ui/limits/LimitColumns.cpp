#include "ui/limits/LimitColumns.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

namespace {

struct LimitColumns
{
    Q_DECLARE_TR_FUNCTIONS(warder::LimitColumns)
};

QList<double> history(const RuleView &rule) { return {rule.deniedHistory.begin(), rule.deniedHistory.end()}; }

} // namespace

QList<Column<RuleView>> ruleColumns()
{
    using Row = const RuleView &;
    return {
        //: Column title: the name of a rule.
        {.title = LimitColumns::tr("Rule"), .characters = 24, .text = [](Row row, TimePoint) { return row.name; }},
        //: Column title: the routes a rule applies to.
        {.title = LimitColumns::tr("Applies to"), .characters = 16, .text = [](Row row, TimePoint) { return row.appliesTo; }},
        //: Column title: what a rule counts by (address, account).
        {.title = LimitColumns::tr("Counts by"), .characters = 22, .text = [](Row row, TimePoint) { return UiTexts::limitKey(row.key); }},
        //: Column title: how much a rule allows; "10 in 1 min".
        {.title = LimitColumns::tr("Allows"),
         .characters = 15,
         .text = [](Row row,
                    TimePoint) { return LimitColumns::tr("%1 in %2").arg(UiTexts::count(row.amount), Times::lasting(row.period)); },
         .number = [](Row row) { return row.amount * 86'400 / qMax<qint64>(1, row.period.count()); }},
        //: Column title: how many requests may come at once.
        {.title = LimitColumns::tr("Burst"), .characters = 9, .number = &RuleView::burst},
        //: Column title: whether a rule is in force; then the two answers.
        {.title = LimitColumns::tr("State"),
         .characters = 10,
         .text = [](Row row, TimePoint) { return row.enabled ? LimitColumns::tr("On") : LimitColumns::tr("Off"); },
         .tone = [](Row row) { return row.enabled ? Tone::Good : Tone::Neutral; }},
        //: Column title: requests a rule allowed in the last ten minutes.
        {.title = LimitColumns::tr("Allowed"), .characters = 11, .number = &RuleView::allowed},
        //: Column title: requests a rule denied in the last ten minutes.
        {.title = LimitColumns::tr("Denied"), .characters = 10, .number = &RuleView::denied},
        //: Column title: small bars, one a minute, of what a rule denied.
        {.title = LimitColumns::tr("Denials, 10 min"),
         .characters = 20,
         .text = [](Row row, TimePoint) { return row.deniedHistory.isEmpty() ? QString() : UiTexts::count(row.deniedHistory.last()); },
         .number = &RuleView::denied,
         .history = history},
    };
}

QList<Column<LimitedView>> limitedColumns()
{
    using Row = const LimitedView &;
    return {
        //: Column title: the address or account that is being limited.
        {.title = LimitColumns::tr("Who"),
         .characters = 18,
         .text = [](Row row, TimePoint) { return row.key; },
         .tip = [](Row row) { return row.key; }},
        //: Column title: the rule that limits.
        {.title = LimitColumns::tr("Rule"), .characters = 17, .text = [](Row row, TimePoint) { return row.rule; }},
        //: Column title: since when somebody is being limited.
        {.title = LimitColumns::tr("Since"), .characters = 10, .time = &LimitedView::since},
        //: Column title: a countdown until somebody may try again.
        {.title = LimitColumns::tr("Free in"),
         .characters = 7,
         .text = [](Row row, TimePoint now) { return Times::countdown(row.until, now); },
         .time = &LimitedView::until},
        //: Column title: how many requests were denied.
        {.title = LimitColumns::tr("Denied"), .characters = 7, .number = &LimitedView::denials},
    };
}

} // namespace warder
