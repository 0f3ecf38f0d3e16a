#include "ui/limits/BusyKeysList.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"

#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString whoIs(const BusyKeysList::Row &row)
{
    //: In place of an address or account: somebody who was never denied anything, and is known by a number only that is not shown.
    return row.key.who.isEmpty() ? BusyKeysList::tr("never denied, not named") : row.key.who;
}

QString bounds(const BusyKeysList::Row &row)
{
    if (row.key.error == 0)
        return {};
    //: Tool tip of a number that is an estimate; both are numbers.
    return BusyKeysList::tr("between %1 and %2").arg(UiTexts::count(row.key.decisions - row.key.error), UiTexts::count(row.key.decisions));
}

QList<Column<BusyKeysList::Row>> busyKeyColumns()
{
    using Row = const BusyKeysList::Row &;
    return {
        //: Column title: an address, an account, or both.
        {.title = BusyKeysList::tr("Who"),
         .characters = 30,
         .text = [](Row row, TimePoint) { return whoIs(row); },
         .tip = [](Row row) { return row.key.who; }},
        //: Column title: how many requests a rule looked at in the last hour.
        {.title = BusyKeysList::tr("Requests, 1 h"), .characters = 14, .number = [](Row row) { return row.key.decisions; }, .tip = bounds},
        //: Column title: how many of them were denied.
        {.title = BusyKeysList::tr("Denied"), .characters = 10, .number = [](Row row) { return row.key.denied; }},
    };
}

} // namespace

BusyKeysList::BusyKeysList(const Clock &clock, QWidget *parent)
    //: Title above the table of those whom a rule counted most.
    : Panel(tr("Busiest"), parent), m_model(new RowsModel<Row>(clock, busyKeyColumns(), this))
{
    setFlush();
    m_stack = new QStackedWidget(this);
    //: Name of the table of those whom a rule counted most, for screen readers and as a file name.
    m_table = new DataTable(tr("Busiest"), u"busyKeys"_s, m_stack);
    m_table->present(m_model);
    m_empty = new EmptyState(u"users"_s, m_stack);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    body()->addWidget(m_stack);
    present({}, {});
}

void BusyKeysList::present(const QString &rule, const QList<BusyKeyView> &keys)
{
    QList<Row> rows;
    for (int i = 0; i < keys.size(); ++i)
        rows += Row {.place = keys[i].who.isEmpty() ? i + 1 : 0, .key = keys[i]};
    m_model->updateTo(rows, [](const Row &row) { return std::pair(row.key.who, row.place); });
    if (rule.isEmpty())
        //: In place of a list that is empty: title.
        m_empty->present(tr("No rule is selected"),
                         //: In place of the list of those whom a rule counts most: what to do.
                         tr("Select a rule above to see whom it counts most."));
    else
        //: In place of a list that is empty; %1 is the name of a rule.
        m_empty->present(tr("“%1” counted nobody").arg(rule),
                         //: In place of the list of those whom a rule counts most: what will appear.
                         tr("The addresses, accounts or sessions with the most requests of the last hour are listed here."));
    m_stack->setCurrentWidget(m_model->rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_empty);
}

} // namespace warder
