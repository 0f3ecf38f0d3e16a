#include "ui/limits/LimitsPage.h"

#include "ui/limits/BusyKeysList.h"
#include "ui/limits/HeldBackList.h"
#include "ui/limits/LimitChart.h"
#include "ui/limits/LimitDialogs.h"
#include "ui/limits/LimitTexts.h"
#include "ui/limits/NetworksList.h"
#include "ui/limits/RuleChanges.h"
#include "ui/limits/RulesList.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FormDialog.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

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
    for (DataTable *table : {&m_rules->table(), &m_heldBack->table(), &m_networks->table(), &m_busiest->table()})
        adopt(*table);
    wireRules();
    wireViews();
    auto *back = new QShortcut(QKeySequence::Undo, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(back, &QShortcut::activated, this, &LimitsPage::undo);
}

void LimitsPage::build()
{
    m_rules = new RulesList(context().clock, this);
    body()->setSpacing(10); // three parts have room in the smallest window
    body()->addWidget(m_rules, 4);
    m_view = new Chips(/*: Name of a choice, for screen readers: what stands below the table of rules. */ tr("Shown below the rules"),
                       {/*: Choice: shows who is held back. */ tr("Held back"),
                        /*: Choice: shows which networks are exempt or blocked. */ tr("Networks"),
                        /*: Choice: shows a chart of what a rule allowed and denied. */ tr("History"),
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
    m_chart = new LimitChart(m_stack);
    m_busiest = new BusyKeysList(context().clock, m_stack);
    for (QWidget *view : std::initializer_list<QWidget *> {m_heldBack, m_networks, m_chart, m_busiest}) // in the order of View
        m_stack->addWidget(view);
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
    connect(m_chart, &LimitChart::windowChanged, this, &LimitsPage::readHistory);
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
    const Seconds span = m_chart->span();
    giveOnce(ReadLimitHistory {.rule = rule ? rule->name : QString(), .window = span}, [=, this](const QList<LimitPoint> &history) {
        if (span == m_chart->span())
            m_chart->present(words, history);
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
    case History:  return m_chart->timeWindow() != TimeChart::Window::TenMinutes;
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

QWidget *LimitsPage::firstControl() { return &m_rules->table(); }

void LimitsPage::addRule()
{
    const auto onTaken = [this](const RuleView &rule) {
        refresh();
        tell(LimitTexts::added(rule), LimitTexts::beforeRemoval(rule), [this, name = rule.name] { give(RemoveRule {.rule = name}); });
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
        giveOrder(RemoveRule {.rule = rule.name}, [this, rule] {
            refresh();
            tell(LimitTexts::removed(rule), LimitTexts::beforeUndo(rule), [this, rule] {
                if (rule.isOwn)
                    give(EditRule {.wish = RuleChanges::wholeOwn(rule)});
                else
                    give(AddRule {.wish = RuleChanges::whole(rule)});
            });
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
    tell(LimitTexts::saved(after), LimitTexts::beforeUndo(after), [this, before, back] {
        if (before.isOwn && !before.isEdited)
            give(RemoveRule {.rule = before.name}); // as the settings say, whatever they say by then
        else
            give(EditRule {.wish = back});
    });
}

void LimitsPage::unblock(const QList<HeldBackView> &rows)
{
    const auto all = std::make_shared<Unblocking>();
    all->missing = rows.size();
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const auto onFreed = [this, all, row = rows[i]] {
            all->freed += row;
            reportUnblocked(*all);
        };
        const auto onError = [this, all](const Error &error) {
            all->error = error;
            reportUnblocked(*all);
        };
        ask(context().console.ask(Unblock {.address = rows[i].address, .account = rows[i].account, .isLast = i == rows.size() - 1}), this,
            onFreed, onError);
    }
}

void LimitsPage::reportUnblocked(Unblocking &all)
{
    if (--all.missing > 0)
        return;
    if (!all.freed.isEmpty())
        Q_EMIT done(LimitTexts::freed(all.freed));
    if (all.error)
        showError(*all.error);
    refresh();
}

void LimitsPage::addNetwork(NetworkStanding standing, const QString &network)
{
    const auto before = std::make_shared<QList<NetworkView>>();
    const auto onTaken = [this, before](const NetworkView &added) {
        refresh();
        const auto former = std::ranges::find(*before, added.network, &NetworkView::network);
        if (former == before->end() || (former->until && *former->until <= now()))
            return tell(LimitTexts::networkAdded(added), LimitTexts::beforeRemoval(added),
                        [this, id = added.id] { give(RemoveNetwork {.id = id}); });
        tell(LimitTexts::networkAdded(added), LimitTexts::beforeUndo(added), [this, was = *former] { giveBack(was); });
    };
    FormDialog *dialog = LimitDialogs::network(context(), standing, network, this, onTaken);
    const auto onNetworks = [before](const QList<NetworkView> &networks) { *before = networks; };
    ask(context().console.ask(ListNetworks {}), dialog, onNetworks, [](const Error &) {
        // without them nothing was there before: what is added is taken back by its removal
    });
    dialog->open();
}

void LimitsPage::giveBack(const NetworkView &network)
{
    give(AddNetwork {.network = network.network, .standing = network.standing, .reason = network.reason, .until = network.until});
}

void LimitsPage::removeNetwork(const NetworkView &network)
{
    confirm(this, LimitTexts::beforeRemoval(network), [this, network] {
        giveOrder(RemoveNetwork {.id = network.id}, [this, network] {
            refresh();
            tell(LimitTexts::networkRemoved(network), LimitTexts::beforeUndo(network), [this, network] { giveBack(network); });
        });
    });
}

void LimitsPage::tell(const QString &said, const Confirmation &question, std::function<void()> back)
{
    m_undo = [this, question, back = std::move(back)] {
        confirm(this, question, [this, back] {
            m_undo = nullptr;
            back();
        });
    };
    Q_EMIT done(said, [this] { undo(); });
}

void LimitsPage::undo()
{
    if (const auto question = m_undo)
        question();
}

} // namespace warder
