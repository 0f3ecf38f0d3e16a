#include "ui/limits/RulesList.h"

#include "ui/limits/LimitTexts.h"
#include "ui/support/Icons.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/DataTable.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Nothing where it means nothing: for guesses, which cannot come at once, and without a limit.
std::optional<qint64> burst(const RuleView &rule)
{
    return rule.counts == RateCount::Requests && rule.amount > 0 ? std::optional(rule.burst) : std::nullopt;
}

QList<double> plotted(const QList<qint64> &counts) { return {counts.begin(), counts.end()}; }

QList<Column<RuleView>> whatHolds()
{
    using Row = const RuleView &;
    return {
        //: Column title: what a rule is called, and behind it its name in the settings.
        {.title = RulesList::tr("Rule"),
         .characters = 27,
         .text = [](Row row, TimePoint) { return LimitTexts::name(row); },
         .tip = [](Row row) { return row.name; },
         .quiet = [](Row row) { return row.name; }},
        //: Column title: how much a rule allows.
        {.title = RulesList::tr("Allows"),
         .characters = 17,
         .text = [](Row row, TimePoint) { return LimitTexts::allows(row); },
         .number = [](Row row) { return LimitTexts::perDay(row); }},
        //: Column title: whether a rule is in force.
        {.title = RulesList::tr("State"),
         .characters = 11,
         .text = [](Row row, TimePoint) { return LimitTexts::state(row); },
         .tone = [](Row row) { return LimitTexts::tone(row); }},
        //: Column title: how full a limit is at this moment for whom it is fullest.
        {.title = RulesList::tr("Now"),
         .characters = 17,
         .text = [](Row row, TimePoint) { return LimitTexts::load(row); },
         .number = [](Row row) { return qRound64(row.load * 1000); },
         .load = [](Row row) { return row.load; }},
    };
}

QList<Column<RuleView>> whatHappened()
{
    using Row = const RuleView &;
    return {
        //: Column title: requests a rule denied in the last ten minutes.
        {.title = RulesList::tr("Denied"), .characters = 8, .number = &RuleView::denied},
        //: Column title: requests a rule allowed in the last ten minutes.
        {.title = RulesList::tr("Allowed"), .characters = 9, .number = &RuleView::allowed},
        //: Column title: small bars, one a minute, of what a rule allowed and, on top, denied.
        {.title = RulesList::tr("10 min"),
         .characters = 18,
         .text = [](Row row, TimePoint) { return LimitTexts::lastMinute(row); },
         .number = &RuleView::denied,
         .tip = [](Row row) { return LimitTexts::lastMinute(row); },
         .history = [](Row row) { return plotted(row.deniedHistory); },
         .below = [](Row row) { return plotted(row.allowedHistory); }},
        //: Column title: how many addresses, accounts or sessions a rule holds back at this moment.
        {.title = RulesList::tr("Held back"), .characters = 9, .number = &RuleView::heldBack},
    };
}

QList<Column<RuleView>> whatItIs()
{
    using Row = const RuleView &;
    return {
        //: Column title: how many requests may come at once.
        {.title = RulesList::tr("Burst"), .characters = 7, .number = burst},
        //: Column title: what a rule counts by (address, account).
        {.title = RulesList::tr("Counts by"), .characters = 20, .text = [](Row row, TimePoint) { return UiTexts::limitKey(row.key); }},
        //: Column title: the routes a rule applies to.
        {.title = RulesList::tr("Applies to"),
         .characters = 16,
         .text = [](Row row, TimePoint) { return row.appliesTo; },
         .tip = [](Row row) { return row.appliesTo; }},
        //: Column title: where the numbers of a rule come from.
        {.title = RulesList::tr("From"), .characters = 14, .text = [](Row row, TimePoint) { return LimitTexts::origin(row); }},
    };
}

} // namespace

RulesList::RulesList(const Clock &clock, QWidget *parent)
    //: Title above the table of rate limit rules.
    : Panel(tr("Rules"), parent), m_model(new RowsModel<RuleView>(clock, whatHolds() + whatHappened() + whatItIs(), this))
{
    setFlush();
    //: Name of the table of rules, for screen readers and as a file name.
    m_table = new DataTable(tr("Rules"), u"limitRules"_s, this);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->present(m_model);
    m_table->setMinimumHeight(90); // the smallest window has room for three rows
    addButtons();
    body()->addWidget(m_table);
    connect(m_table, &DataTable::selectionMoved, this, &RulesList::showOrders);
    connect(m_table, &DataTable::selectionMoved, this, &RulesList::selectionMoved);
    ButtonAction::of(*m_remove)->setKeyIn(*m_table, QKeySequence::Delete);
    //: Menu item: changes a rule. The dots say that a dialog follows.
    m_table->setOpening(tr("Edit rule…"), [this] { want(*m_edit, &RulesList::editWanted); });
    showOrders();
}

void RulesList::addButtons()
{
    //: Button: makes a rule. The dots say that a dialog follows.
    auto *add = new QPushButton(icon(u"add"_s), tr("&Add…"), this);
    ButtonAction::of(*add)->setKey(QKeySequence::New);
    //: Tool tip of the button that makes a rule.
    add->setToolTip(tr("Add a rule of your own (Ctrl+N)"));
    connect(add, &QPushButton::clicked, this, &RulesList::addWanted);
    //: Button: changes the selected rule. The dots say that a dialog follows.
    m_edit = new QPushButton(icon(u"edit"_s), tr("Ed&it…"), this);
    m_switch = new QPushButton(this);
    m_remove = new QPushButton(this);
    connectOrder(m_edit, &RulesList::editWanted);
    connectOrder(m_switch, &RulesList::switchWanted);
    connectOrder(m_remove, &RulesList::removalWanted);
    for (QPushButton *button : {add, m_edit, m_switch, m_remove})
        addToTitle(button);
}

void RulesList::connectOrder(QPushButton *button, Order order)
{
    connect(button, &QPushButton::clicked, this, [this, button, order] { want(*button, order); });
}

void RulesList::want(const QPushButton &button, Order order)
{
    if (const RuleView *rule = selected(); rule && button.isEnabled())
        Q_EMIT(this->*order)(RuleView(*rule)); // a copy: the order may read the rules anew
}

void RulesList::present(const QList<RuleView> &rules)
{
    m_model->updateTo(rules, &RuleView::name);
    showOrders();
}

const RuleView *RulesList::selected() const { return m_model->rowAt(m_table->selectedRows().value(0, -1)); }

void RulesList::showOrders()
{
    const RuleView *rule = selected();
    const bool isFree = rule && rule->lockedBy.isEmpty();
    const bool isOwn = !rule || rule->isOwn;
    m_edit->setEnabled(isFree);
    const bool isOfNone = rule && rule->amount == 0; // a switch would not turn it on
    m_switch->setEnabled(isFree && !isOfNone);
    m_remove->setEnabled(isFree && (!isOwn || rule->isEdited));
    //: Button: the selected rule holds again.
    const QString on = tr("S&witch on");
    //: Button: the selected rule holds no longer. The dots say that a question follows.
    const QString off = tr("S&witch off…");
    m_switch->setText(rule && LimitTexts::isOff(*rule) ? on : off);
    //: Button: the selected rule is as the settings say again. The dots say that a question follows.
    const QString reset = tr("Rese&t…");
    //: Button: deletes the selected rule. The dots say that a question follows.
    const QString remove = tr("Re&move…");
    m_remove->setText(isOwn ? reset : remove);
    //: Tool tip of buttons that are out of reach; %1 is a file with a line, a variable or an option of the command line.
    const QString fixed = rule && !isFree ? tr("Set by %1: change it there.").arg(UiTexts::foreign(rule->lockedBy)) : QString();
    //: Tool tip of the button that changes a rule.
    m_edit->setToolTip(fixed.isEmpty() ? tr("Change the rule, and see before what it would have done (Enter)") : fixed);
    //: Tool tip of the button "Switch on", which is out of reach: the rule allows a number of 0, which means no limit.
    const QString ofNone = tr("Its number is 0, no limit: edit it to switch it on.");
    m_switch->setToolTip(isFree && isOfNone ? ofNone : fixed);
    //: Tool tip of the button that resets or deletes a rule.
    m_remove->setToolTip(fixed.isEmpty() ? tr("Take back what was changed of the rule, or delete it (Delete)") : fixed);
}

} // namespace warder
