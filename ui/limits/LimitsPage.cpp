#include "ui/limits/LimitsPage.h"

#include "ui/limits/BusyKeysList.h"
#include "ui/limits/DenialsChart.h"
#include "ui/limits/HeldBackList.h"
#include "ui/limits/LimitChart.h"
#include "ui/limits/LimitDialogs.h"
#include "ui/limits/LimitTexts.h"
#include "ui/limits/NetworkChanges.h"
#include "ui/limits/NetworksList.h"
#include "ui/limits/RuleChanges.h"
#include "ui/limits/RulesList.h"
#include "ui/support/Space.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FormDialog.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int betweenSlowReadings = 10; ///< Seconds.

} // namespace

LimitsPage::LimitsPage(const PageContext &context, QWidget *parent)
    //: Title of a page.
    : Page(context, tr("Limits"),
           //: What the page of limits shows.
           tr("How often anybody may try, and who is held back. Counts are of the last ten minutes."), parent)
{
    build();
    for (DataTable *table : {&m_rules->table(), &m_heldBack->table(), &m_networks->table(), &m_chart->table(), &m_denials->chart().table(),
                             &m_busiest->table()})
        adopt(*table);
    wireRules();
    wireViews();
}

void LimitsPage::build()
{
    m_rules = new RulesList(context().clock, this);
    body()->setSpacing(Space::small); // three parts have room in the smallest window
    body()->addWidget(m_rules, 4);
    m_view = new Chips(/*: Name of a choice, for screen readers: what stands below the table of rules. */ tr("Shown below the rules"),
                       {/*: Choice: shows who is held back. */ tr("Held back"),
                        /*: Choice: shows which networks are exempt or blocked. */ tr("Networks"),
                        /*: Choice: shows a chart of what a rule allowed and denied. */ tr("History"),
                        /*: Choice: shows a chart of what each rule denied. */ tr("By rule"),
                        /*: Choice: shows whom a rule counts most. */ tr("Busiest")},
                       this);
    auto *row = new QHBoxLayout;
    row->addWidget(m_view);
    row->addStretch();
    body()->addLayout(row);
    body()->addWidget(makeViews(), 5);
}

QWidget *LimitsPage::makeViews()
{
    m_stack = new QStackedWidget(this);
    m_heldBack = new HeldBackList(context().clock, m_stack);
    m_networks = new NetworksList(context().clock, m_stack);
    m_chart = LimitChart::make(context().clock, m_stack);
    m_denials = new DenialsChart(context().clock, m_stack);
    m_busiest = new BusyKeysList(context().clock, m_stack);
    for (QWidget *view : std::initializer_list<QWidget *> {m_heldBack, m_networks, m_chart, &m_denials->chart(), m_busiest})
        m_stack->addWidget(view); // in the order of View
    return m_stack;
}

void LimitsPage::wireRules()
{
    connect(m_rules, &RulesList::selectionMoved, this, [this] {
        if (m_view->current() == History || m_view->current() == Busiest)
            readView();
    });
    connect(m_rules, &RulesList::addWanted, this, &LimitsPage::addRule);
    connect(m_rules, &RulesList::editWanted, this, &LimitsPage::editRule);
    connect(m_rules, &RulesList::switchWanted, this, &LimitsPage::switchRule);
    connect(m_rules, &RulesList::removalWanted, this, &LimitsPage::removeRule);
}

void LimitsPage::wireViews()
{
    connect(m_view, &Chips::chosen, this, [this](int view) {
        m_stack->setCurrentIndex(view);
        readView();
    });
    connect(m_heldBack, &HeldBackList::windowChanged, this, &LimitsPage::readHeldBack);
    connect(m_heldBack, &HeldBackList::unblockWanted, this, &LimitsPage::unblock);
    connect(m_heldBack, &HeldBackList::networkWanted, this,
            [this](const QString &network, NetworkStanding standing) { addNetwork(standing, network); });
    connect(m_chart, &RangeChart::rangeChanged, this, &LimitsPage::readHistory);
    connect(&m_denials->chart(), &RangeChart::rangeChanged, this, &LimitsPage::readDenials);
    connect(m_networks, &NetworksList::addWanted, this, [this](NetworkStanding standing) { addNetwork(standing, {}); });
    connect(m_networks, &NetworksList::removalWanted, this, &LimitsPage::removeNetwork);
}

void LimitsPage::refresh()
{
    readRules();
    readView();
}

void LimitsPage::apply(const QList<Change> &changes)
{
    if (std::ranges::any_of(changes, [](const Change &change) { return std::holds_alternative<LimitsChanged>(change); }))
        refreshIfShown();
}

void LimitsPage::readRules()
{
    giveOnce(ListRules {}, [this](const QList<RuleView> &rules) { m_rules->present(rules); });
}

void LimitsPage::readView()
{
    switch (View(m_view->current())) {
    case HeldBack: return readHeldBack();
    case Networks: return giveOnce(ListNetworks {}, [this](const QList<NetworkView> &networks) { m_networks->present(networks); });
    case History:  return readHistory();
    case ByRule:   return readDenials();
    case Busiest:  return readBusiest();
    }
}

void LimitsPage::readHeldBack()
{
    const Seconds window = m_heldBack->timeWindow();
    giveOnce(ListHeldBack {.window = window}, [this, window](const QList<HeldBackView> &rows) {
        if (window != m_heldBack->timeWindow())
            return; // the other one was chosen meanwhile, and is asked for
        m_heldBack->present(rows);
        m_heldBack->showWhetherCut(rows.size() >= ListHeldBack::most);
    });
}

void LimitsPage::readHistory()
{
    const RuleView *rule = m_rules->selected();
    const QString words = rule ? LimitTexts::name(*rule) : QString();
    const ChartRange range = m_chart->range();
    const ReadLimitHistory order {.rule = rule ? rule->name : QString(), .window = ChartRanges::spanOf(range)};
    giveOnce(order, [=, this](const QList<LimitPoint> &history) {
        if (range == m_chart->range())
            LimitChart::present(*m_chart, words, history, now());
    });
}

void LimitsPage::readDenials()
{
    const ChartRange range = m_denials->chart().range();
    giveOnce(ReadDenials {.window = ChartRanges::spanOf(range)}, [this, range](const DenialsView &view) {
        if (range == m_denials->chart().range())
            m_denials->present(view, now());
    });
}

void LimitsPage::readBusiest()
{
    const RuleView *rule = m_rules->selected();
    if (!rule)
        return m_busiest->present({}, {});
    giveOnce(ListBusyKeys {.rule = rule->name},
             [this, words = LimitTexts::name(*rule)](const QList<BusyKeyView> &keys) { m_busiest->present(words, keys); });
}

bool LimitsPage::isSlow() const
{
    switch (View(m_view->current())) {
    case HeldBack: return m_heldBack->isLong();
    case Networks: return true;
    case History:  return m_chart->range() != ChartRange::TenMinutes;
    case ByRule:   return m_denials->chart().range() != ChartRange::TenMinutes;
    case Busiest:  return false;
    }
    Q_UNREACHABLE_RETURN(false);
}

void LimitsPage::everySecond()
{
    m_heldBack->passTime(now());
    m_networks->refreshAges();
    readRules();
    if (++m_seconds % betweenSlowReadings == 0 || !isSlow())
        readView();
}

void LimitsPage::filterBy(const PageFilter &filter)
{
    if (!filter.text.isEmpty())
        m_heldBack->seek(filter.text);
    m_view->choose(HeldBack);
}

QWidget *LimitsPage::firstControl() { return &m_rules->table(); }

void LimitsPage::addRule()
{
    const auto onTaken = [this](const RuleView &rule) {
        refresh();
        const Confirmation question = LimitTexts::beforeRemoval(rule);
        Q_EMIT done(LimitTexts::added(rule), undoOfRule(LimitUndos::added(rule), rule, question, RemoveRule {.rule = rule.name}));
    };
    LimitDialogs::add(context(), this, onTaken)->open();
}

void LimitsPage::editRule(const RuleView &rule)
{
    LimitDialogs::edit(context(), rule, this, [this, rule](const RuleView &after) { reportEdited(rule, after); })->open();
}

void LimitsPage::switchRule(const RuleView &rule)
{
    const auto turn = [this, rule] {
        giveOrder(EditRule {.wish = {.name = rule.name, .enabled = !rule.enabled}},
                  [this, rule](const RuleView &after) { reportEdited(rule, after); });
    };
    if (!rule.enabled)
        return turn();
    confirm(this, LimitTexts::beforeSwitchOff(rule), turn);
}

void LimitsPage::removeRule(const RuleView &rule)
{
    const auto remove = [this, rule] {
        if (rule.isOwn)
            m_rules->table().selectNextOnceGone();
        giveOrder(RemoveRule {.rule = rule.name}, [this, rule] {
            refresh();
            Q_EMIT done(LimitTexts::removed(rule), rule.isOwn ? undoOfRemoval(rule, EditRule {.wish = RuleChanges::wholeOwn(rule)})
                                                              : undoOfRemoval(rule, AddRule {.wish = RuleChanges::whole(rule)}));
        });
    };
    confirm(this, LimitTexts::beforeRemoval(rule), remove);
}

void LimitsPage::reportEdited(const RuleView &before, const RuleView &after)
{
    refresh();
    const RuleWish back = RuleChanges::between(after, before);
    if (RuleChanges::isNothing(back))
        return;
    const QString what = LimitUndos::changed(after);
    const Confirmation question = LimitTexts::beforeUndo(after);
    const bool wasAsTheSettingsSay = before.isOwn && !before.isEdited; // then it is again, whatever they say by then
    Q_EMIT done(LimitTexts::saved(after), wasAsTheSettingsSay ? undoOfRule(what, after, question, RemoveRule {.rule = before.name})
                                                              : undoOfRule(what, after, question, EditRule {.wish = back}));
}

void LimitsPage::unblock(const QList<HeldBackView> &rows)
{
    giveOrder(Unblock::of(rows), [this, rows](int freed) {
        Q_EMIT done(LimitTexts::freed(rows, freed));
        refresh();
    });
}

void LimitsPage::addNetwork(NetworkStanding standing, const QString &network)
{
    NetworkChanges::add(*this, context(), standing, network, [this] { refresh(); });
}

void LimitsPage::removeNetwork(const NetworkView &network)
{
    confirm(this, LimitTexts::beforeRemoval(network), [this, network] {
        m_networks->table().selectNextOnceGone();
        giveOrder(RemoveNetwork {.id = network.id}, [this, network] {
            refresh();
            Q_EMIT done(LimitTexts::networkRemoved(network), NetworkChanges::undoOfRemoval(*this, network, [this] { refresh(); }));
        });
    });
}

} // namespace warder
