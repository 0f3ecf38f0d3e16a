#include "ui/limits/NetworksList.h"

#include "ui/limits/LimitTexts.h"
#include "ui/support/Icons.h"
#include "ui/support/Times.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"

#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString untilWhen(const NetworkView &network, TimePoint now)
{
    //: How long something holds that nobody has set an end to.
    return network.until ? Times::until(*network.until, now) : NetworksList::tr("until removed");
}

QList<Column<NetworkView>> networkColumns()
{
    using Row = const NetworkView &;
    return {
        //: Column title: a network, such as 203.0.113.0/24.
        {.title = NetworksList::tr("Network"),
         .characters = 20,
         .text = [](Row row, TimePoint) { return row.network; },
         .isFixedWidth = true},
        //: Column title: whether a network is exempt or blocked.
        {.title = NetworksList::tr("Standing"),
         .characters = 11,
         .text = [](Row row, TimePoint) { return LimitTexts::standing(row.standing); },
         .tone = [](Row row) { return LimitTexts::tone(row.standing); }},
        //: Column title: until when something holds.
        {.title = NetworksList::tr("Until"), .characters = 13, .text = untilWhen, .time = &NetworkView::until},
        //: Column title: why a network is exempt or blocked, in somebody's words.
        {.title = NetworksList::tr("Reason"),
         .characters = 24,
         .text = [](Row row, TimePoint) { return row.reason; },
         .tip = [](Row row) { return row.reason; }},
        //: Column title: since when a network is exempt or blocked.
        {.title = NetworksList::tr("Since"), .characters = 11, .time = &NetworkView::createdAt},
        //: Column title: who exempted or blocked a network.
        {.title = NetworksList::tr("By"), .characters = 12, .text = [](Row row, TimePoint) { return row.createdBy; }},
    };
}

} // namespace

NetworksList::NetworksList(const Clock &clock, QWidget *parent)
    //: Title above the table of networks that are exempt from limits, or blocked.
    : Panel(tr("Networks"), parent), m_model(new RowsModel<NetworkView>(clock, networkColumns(), this))
{
    setFlush();
    addButtons();
    m_stack = new QStackedWidget(this);
    //: Name of the table of networks, for screen readers and as a file name.
    m_table = new DataTable(tr("Networks"), u"networks"_s, m_stack);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->present(m_model);
    m_empty = new EmptyState(u"ban"_s, m_stack);
    //: In place of a list that is empty: title.
    m_empty->present(tr("No network is exempt or blocked"),
                     //: In place of the list of networks: what they are for.
                     tr("Exempt the office or a load test, and no limit holds for it. Block a network, and it is refused everything."));
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    body()->addWidget(m_stack);
    connect(m_table, &DataTable::selectionMoved, this, &NetworksList::showWhetherAny);
    ButtonAction::of(*m_remove)->setKeyIn(*m_table, QKeySequence::Delete);
    showWhetherAny();
}

void NetworksList::addButtons()
{
    //: Button: no limit shall hold for a network. The dots say that a dialog follows.
    auto *exempt = new QPushButton(icon(u"add"_s), tr("E&xempt…"), this);
    //: Button: a network shall be refused everything. The dots say that a dialog follows.
    auto *block = new QPushButton(icon(u"ban"_s), tr("&Block…"), this);
    //: Button: the selected network is as any other again. The dots say that a question follows.
    m_remove = new QPushButton(tr("Rem&ove…"), this);
    //: Tool tip of a button.
    m_remove->setToolTip(tr("End the exemption or the block of the selected network (Delete)"));
    connect(exempt, &QPushButton::clicked, this, [this] { Q_EMIT addWanted(NetworkStanding::Exempt); });
    connect(block, &QPushButton::clicked, this, [this] { Q_EMIT addWanted(NetworkStanding::Blocked); });
    connect(m_remove, &QPushButton::clicked, this, &NetworksList::remove);
    for (QPushButton *button : {exempt, block, m_remove})
        addToTitle(button);
}

void NetworksList::present(const QList<NetworkView> &networks)
{
    m_model->updateTo(networks, &NetworkView::id);
    showWhetherAny();
}

void NetworksList::remove()
{
    if (const NetworkView *network = m_model->rowAt(m_table->selectedRows().value(0, -1)))
        Q_EMIT removalWanted(NetworkView(*network));
}

void NetworksList::showWhetherAny()
{
    m_stack->setCurrentWidget(m_model->rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_empty);
    m_remove->setEnabled(!m_table->selectedRows().isEmpty());
}

} // namespace warder
