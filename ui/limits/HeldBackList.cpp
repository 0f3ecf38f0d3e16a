#include "ui/limits/HeldBackList.h"

#include "core/base/Text.h"
#include "ui/limits/LimitTexts.h"
#include "ui/support/Icons.h"
#include "ui/support/Space.h"
#include "ui/support/Times.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/Labels.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr Seconds day {24 * 60 * 60};

QList<Column<HeldBackView>> heldBackColumns()
{
    using Row = const HeldBackView &;
    return {
        //: Column title: the network address that is held back.
        {.title = HeldBackList::tr("Address"),
         .characters = 18,
         .text = [](Row row, TimePoint) { return LimitTexts::address(row); },
         .tip = [](Row row) { return row.address; },
         .isFixedWidth = true},
        //: Column title: the account that is held back.
        {.title = HeldBackList::tr("Account"),
         .characters = 20,
         .text = [](Row row, TimePoint) { return LimitTexts::account(row); },
         .tip = [](Row row) { return row.account; }},
        //: Column title: a countdown until somebody may try again.
        {.title = HeldBackList::tr("Free in"),
         .characters = 7,
         .text = [](Row row, TimePoint now) { return Times::countdown(row.until, now); },
         .time = &HeldBackView::until},
        //: Column title: how many requests were denied.
        {.title = HeldBackList::tr("Denied"), .characters = 7, .number = &HeldBackView::denials},
        //: Column title: how many of the denied requests were sign-ins.
        {.title = HeldBackList::tr("Sign-ins"), .characters = 8, .number = &HeldBackView::signIns},
        //: Column title: the rules that hold somebody back.
        {.title = HeldBackList::tr("Rules"), .characters = 18, .text = [](Row row, TimePoint) { return LimitTexts::rules(row); }},
        //: Column title: since when somebody is held back.
        {.title = HeldBackList::tr("Since"), .characters = 10, .time = &HeldBackView::since},
        //: Column title: the accounts that an address tried.
        {.title = HeldBackList::tr("Tried"),
         .characters = 20,
         .text = [](Row row, TimePoint) { return LimitTexts::tried(row); },
         .tip = [](Row row) { return LimitTexts::tried(row); }},
    };
}

} // namespace

HeldBackList::HeldBackList(const Clock &clock, QWidget *parent)
    //: Title above the table of those who are held back by a limit.
    : Panel(tr("Held back"), parent), m_clock(clock), m_model(new RowsModel<HeldBackView>(clock, heldBackColumns(), this))
{
    setFlush();
    addTools();
    m_stack = new QStackedWidget(this);
    //: Name of the table of those who are held back, for screen readers and as a file name.
    m_table = new DataTable(tr("Held back"), u"heldBack"_s, m_stack);
    m_table->present(m_model);
    m_empty = new EmptyState(u"limits"_s, m_stack);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    body()->addWidget(m_stack, 1);
    //: Below the table of those who are held back, when it is longer than what is listed; %1 is a number.
    m_cut = quietLabel(tr("Only the %1 who wait longest are listed, also in an export.").arg(UiTexts::count(ListHeldBack::most)), this);
    m_cut->setObjectName(u"cut"_s);
    m_cut->setContentsMargins(Space::large, Space::narrow, Space::medium, Space::narrow);
    body()->addWidget(m_cut);
    showWhetherCut(false);
    connect(m_window, &Chips::chosen, this, [this] {
        showWhetherAny();
        Q_EMIT windowChanged();
    });
    connect(m_table, &DataTable::selectionMoved, this, &HeldBackList::showWhetherAny);
    ButtonAction::of(*m_unblock)->setKeyIn(*m_table, QKeySequence::Delete);
    showWhetherAny();
}

void HeldBackList::addTools()
{
    m_window = new Chips(/*: Name of a choice, for screen readers: who is listed. */ tr("Held back when"),
                         {/*: Choice above a list: who is held back at this moment. */ tr("Now"),
                          /*: Choice above a list: who is or was held back in this time. */ tr("Last 24 h")},
                         this);
    //: Button: lets the selected addresses or accounts try again at once.
    m_unblock = new QPushButton(tr("&Unblock"), this);
    //: Tool tip of the button that lets somebody try again.
    m_unblock->setToolTip(tr("End what all rules of this row hold; other rows and the rules stay (Delete)"));
    connect(m_unblock, &QPushButton::clicked, this, &HeldBackList::unblock);
    //: Button: no limit shall hold for the selected address. The dots say that a dialog follows.
    m_exempt = new QPushButton(tr("E&xempt…"), this);
    //: Button: the selected address shall be refused everything. The dots say that a dialog follows.
    m_block = new QPushButton(icon(u"ban"_s), tr("&Block…"), this);
    for (QWidget *tool : std::initializer_list<QWidget *> {m_window, m_unblock, m_exempt, m_block})
        addToTitle(tool);
    addStandingButton(m_exempt, NetworkStanding::Exempt);
    addStandingButton(m_block, NetworkStanding::Blocked);
}

void HeldBackList::addStandingButton(QPushButton *button, NetworkStanding standing)
{
    connect(button, &QPushButton::clicked, this, [this, standing] {
        if (const auto rows = selected(); rows.size() == 1)
            Q_EMIT networkWanted(rows.first().address, standing);
    });
}

Seconds HeldBackList::timeWindow() const { return m_window->current() == 0 ? Seconds {0} : day; }

QList<HeldBackView> HeldBackList::selected() const
{
    QList<HeldBackView> rows;
    for (const int row : m_table->selectedRows())
        rows += m_model->rows()[row];
    return rows;
}

QList<HeldBackView> HeldBackList::waiting() const
{
    QList<HeldBackView> rows = selected();
    rows.removeIf([now = m_clock.now()](const HeldBackView &row) { return row.until <= now; });
    return rows;
}

void HeldBackList::unblock()
{
    const auto rows = waiting();
    if (rows.isEmpty())
        return;
    if (timeWindow() == Seconds {0}) // else they stay listed for a day
        m_table->selectNextOnceGone();
    Q_EMIT unblockWanted(rows);
}

void HeldBackList::present(const QList<HeldBackView> &rows)
{
    m_model->updateTo(rows, [](const HeldBackView &row) { return std::pair(row.address, row.account); });
    selectSought();
    showWhetherAny();
}

void HeldBackList::seek(const QString &who)
{
    m_sought = who;
    if (timeWindow() == day)
        Q_EMIT windowChanged();
    else
        m_window->choose(1);
}

void HeldBackList::selectSought()
{
    const QString who = std::exchange(m_sought, {});
    const auto isMeant = [&who, account = searchKey(who)](const HeldBackView &row) {
        return row.address == who || searchKey(row.account) == account; // an account may have been typed in any case
    };
    const auto found = std::ranges::find_if(m_model->rows(), isMeant);
    if (!who.isEmpty() && found != m_model->rows().end())
        m_table->selectRow(int(found - m_model->rows().begin()));
}

void HeldBackList::showWhetherCut(bool isCut) { m_cut->setVisible(isCut); }

void HeldBackList::passTime(TimePoint now)
{
    m_model->refreshAges();
    QList<HeldBackView> rows = m_model->rows();
    if (timeWindow() == Seconds {0} && rows.removeIf([now](const HeldBackView &row) { return row.until <= now; }) > 0)
        return present(rows);
    showWhetherAny(); // who is selected may be free by now
}

void HeldBackList::showWhetherAny()
{
    if (timeWindow() == Seconds {0})
        //: In place of a list that is empty: title.
        m_empty->present(tr("Nobody is held back"),
                         //: In place of the list of those who are held back: what will appear.
                         tr("Whoever tries too often is listed here until they may try again. To see it, log in with a wrong password a "
                            "dozen times."));
    else
        //: In place of a list that is empty: title.
        m_empty->present(tr("Nobody was held back in 24 hours"),
                         //: In place of the list of those who were held back: what will appear.
                         tr("Whoever tries too often is listed here for a day, with the rules and the accounts they tried."));
    m_stack->setCurrentWidget(m_model->rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_empty);
    const auto rows = selected();
    const bool isOneAddress = rows.size() == 1 && !rows.first().address.isEmpty();
    m_unblock->setEnabled(!waiting().isEmpty());
    m_exempt->setEnabled(isOneAddress);
    m_block->setEnabled(isOneAddress);
}

} // namespace warder
