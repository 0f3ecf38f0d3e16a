#include "ui/limits/LimitsPage.h"

#include "ui/support/Times.h"
#include "ui/support/TrafficPoints.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/TimeChart.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QList<double> history(const RuleView &rule) { return {rule.deniedHistory.begin(), rule.deniedHistory.end()}; }

QString allowance(const RuleView &rule, TimePoint)
{
    //: How much a rule allows: a number in a span of time, "10 / 1 min".
    return LimitsPage::tr("%1 / %2").arg(UiTexts::count(rule.amount), Times::lasting(rule.period));
}

QList<Column<RuleView>> ruleColumns()
{
    using Row = const RuleView &;
    return {
        //: Column title: the name of a rule.
        {.title = LimitsPage::tr("Rule"), .characters = 24, .text = [](Row row, TimePoint) { return row.name; }},
        //: Column title: the routes a rule applies to.
        {.title = LimitsPage::tr("Applies to"), .characters = 16, .text = [](Row row, TimePoint) { return row.appliesTo; }},
        //: Column title: what a rule counts by (address, account).
        {.title = LimitsPage::tr("Counts by"), .characters = 22, .text = [](Row row, TimePoint) { return UiTexts::limitKey(row.key); }},
        //: Column title: how much a rule allows.
        {.title = LimitsPage::tr("Allows"),
         .characters = 15,
         .text = allowance,
         .number = [](Row row) { return row.amount * 86'400 / qMax<qint64>(1, row.period.count()); }},
        //: Column title: how many requests may come at once.
        {.title = LimitsPage::tr("Burst"), .characters = 9, .number = &RuleView::burst},
        //: Column title: whether a rule is in force.
        {.title = LimitsPage::tr("State"),
         .characters = 10,
         //: A rule is in force.
         .text = [](Row row, TimePoint) { return row.enabled ? LimitsPage::tr("On") : /*: A rule is not. */ LimitsPage::tr("Off"); },
         .tone = [](Row row) { return row.enabled ? Tone::Good : Tone::Neutral; }},
        //: Column title: requests a rule allowed in the last ten minutes.
        {.title = LimitsPage::tr("Allowed"), .characters = 11, .number = &RuleView::allowed},
        //: Column title: requests a rule denied in the last ten minutes.
        {.title = LimitsPage::tr("Denied"), .characters = 10, .number = &RuleView::denied},
        //: Column title: small bars, one a minute, of what a rule denied.
        {.title = LimitsPage::tr("Denials, 10 min"),
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
        {.title = LimitsPage::tr("Who"),
         .characters = 18,
         .text = [](Row row, TimePoint) { return row.key; },
         .tip = [](Row row) { return row.key; }},
        //: Column title: the rule that limits.
        {.title = LimitsPage::tr("Rule"), .characters = 17, .text = [](Row row, TimePoint) { return row.rule; }},
        //: Column title: since when somebody is being limited.
        {.title = LimitsPage::tr("Since"), .characters = 10, .time = &LimitedView::since},
        //: Column title: a countdown until somebody may try again.
        {.title = LimitsPage::tr("Free in"),
         .characters = 7,
         .text = [](Row row, TimePoint now) { return Times::countdown(row.until, now); },
         .time = &LimitedView::until},
        //: Column title: how many requests were denied.
        {.title = LimitsPage::tr("Denied"), .characters = 7, .number = &LimitedView::denials},
    };
}

} // namespace

LimitsPage::LimitsPage(const PageContext &context, QWidget *parent)
    //: Title of a page.
    : Page(context, tr("Limits"),
           //: What the page of limits shows.
           tr("How often anybody may try, and who is being held back now. Counts are of the last ten minutes."), parent),
      m_rules(new RowsModel<RuleView>(context.clock, ruleColumns(), this)),
      m_limited(new RowsModel<LimitedView>(context.clock, limitedColumns(), this))
{
    build();
    adopt(*m_rulesTable);
    adopt(*m_limitedTable);
    connect(m_rulesTable, &DataTable::selectionMoved, this, &LimitsPage::refresh);
    connect(m_limitedTable, &DataTable::selectionMoved, this, &LimitsPage::showWhetherAny);
    connect(m_unblock, &QPushButton::clicked, this, &LimitsPage::unblock);
    showWhetherAny();
}

void LimitsPage::build()
{
    //: Title above the table of rate limit rules.
    auto *rules = new Panel(tr("Rules"), this);
    rules->setFlush();
    //: Name of the table of rules, for screen readers and as a file name.
    m_rulesTable = new DataTable(tr("Rules"), u"rules"_s, rules);
    m_rulesTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_rulesTable->present(m_rules);
    rules->body()->addWidget(m_rulesTable);
    body()->addWidget(rules, 4);
    auto *lower = new QHBoxLayout;
    lower->setSpacing(12);
    lower->addWidget(makeChart(), 1);
    lower->addWidget(makeLimited(), 1);
    body()->addLayout(lower, 5);
}

QWidget *LimitsPage::makeChart()
{
    const QList<TimeChart::Line> lines {//: Name of a line in a chart: requests a limit let through.
                                        {tr("Allowed"), Plot::Ok},
                                        //: Name of a line in a chart: requests a limit turned away.
                                        {tr("Denied"), Plot::Limited}};
    //: Name of a chart, for screen readers.
    m_chart =
        new TimeChart(tr("Requests allowed and denied by the limits, per second, last ten minutes"), lines, TimeChart::Form::Stacked, this);
    //: Title above a chart.
    return chartPanel(tr("Allowed and denied, per second"), m_chart, this);
}

QWidget *LimitsPage::makeLimited()
{
    //: Title above the table of those who are held back at this moment.
    auto *panel = new Panel(tr("Limited now"), this);
    panel->setFlush();
    //: Button: lets the selected address or account try again at once.
    m_unblock = new QPushButton(tr("&Unblock"), panel);
    //: Tool tip of the button that lets somebody try again.
    m_unblock->setToolTip(tr("Let them try again at once; the rule stays (Delete)"));
    panel->addToTitle(m_unblock);
    m_stack = new QStackedWidget(panel);
    //: Name of the table of those who are held back, for screen readers and as a file name.
    m_limitedTable = new DataTable(tr("Limited now"), u"limited"_s, m_stack);
    m_limitedTable->present(m_limited);
    m_empty = new EmptyState(u"limits"_s, m_stack);
    //: In place of a list that is empty: title.
    m_empty->present(
        tr("Nobody is being limited"),
        //: In place of the list of those who are being limited: what will appear.
        tr("Whoever tries too often is listed here until they may try again. To see it, log in with a wrong password a dozen times."));
    m_stack->addWidget(m_limitedTable);
    m_stack->addWidget(m_empty);
    panel->body()->addWidget(m_stack);
    auto *remove = new QShortcut(QKeySequence::Delete, m_limitedTable, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &LimitsPage::unblock);
    return panel;
}

QString LimitsPage::chosenRule() const
{
    const RuleView *rule = m_rules->rowAt(m_rulesTable->selectedRows().value(0, -1));
    return rule ? rule->name : QString();
}

void LimitsPage::refresh()
{
    giveOnce(ListRules {}, [this](const QList<RuleView> &rules) { m_rules->updateTo(rules, &RuleView::name); });
    giveOnce(ReadLimitHistory {.rule = chosenRule(), .window = Seconds {600}},
             [this](const QList<LimitPoint> &history) { m_chart->setPoints(limitPoints(history)); });
    giveOnce(ListLimited {}, [this](const QList<LimitedView> &limited) { showLimited(limited); });
}

void LimitsPage::showLimited(const QList<LimitedView> &limited)
{
    m_limited->updateTo(limited, [](const LimitedView &row) { return std::pair(row.rule, row.key); });
    showWhetherAny();
}

void LimitsPage::showWhetherAny()
{
    m_stack->setCurrentWidget(m_limited->rowCount() > 0 ? static_cast<QWidget *>(m_limitedTable) : m_empty);
    m_unblock->setEnabled(!m_limitedTable->selectedRows().isEmpty());
}

void LimitsPage::everySecond()
{
    m_limited->refreshAges();
    QList<LimitedView> limited = m_limited->rows();
    limited.removeIf([this](const LimitedView &row) { return row.until <= now(); });
    showLimited(limited);
    refresh();
}

QWidget *LimitsPage::firstControl() { return m_rulesTable; }

void LimitsPage::unblock()
{
    for (const int row : m_limitedTable->selectedRows()) {
        const LimitedView limited = m_limited->rows()[row];
        giveOrder(Unblock {.rule = limited.rule, .key = limited.key}, [this, limited] {
            //: Said after somebody was let go: who, and the rule.
            Q_EMIT done(tr("%1 may try again (%2).").arg(limited.key, limited.rule));
            refresh();
        });
    }
}

} // namespace warder
