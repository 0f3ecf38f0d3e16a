#include "ui/widgets/ListJumps.h"

#include "ui/widgets/DataTable.h"
#include "ui/widgets/JumpBar.h"
#include "ui/widgets/PagedList.h"

#include <QScrollBar>
#include <QStackedWidget>

#include <utility>

namespace warder {

ListJumps::ListJumps(JumpBar &bar, DataTable &table, const QStackedWidget &stack, PagedList &model, QObject *page)
    : QObject(page), m_bar(bar), m_table(table), m_stack(stack), m_model(model)
{
    bar.setMarks(model.marks());
    connect(&model, &PagedList::jumped, this, &ListJumps::showWhereItLed);
    connect(table.verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        showPlace();
        readEarlier();
    });
}

void ListJumps::jumpTo(int mark)
{
    m_isJumping = true;
    m_model.jumpTo(m_model.marks().value(mark).place, 0);
}

void ListJumps::jumpToBegin()
{
    m_table.setFocus(Qt::OtherFocusReason);
    if (!m_model.hasEarlier())
        return m_table.showAtTop(0);
    m_isJumping = true;
    m_model.jumpTo({}, 0);
}

/// Who reads a whole list to sort it has not jumped. Comes before updated(): a place further down than the new rows reach would have the
/// table read on.
void ListJumps::showWhereItLed(int row)
{
    if (!std::exchange(m_isJumping, false))
        return;
    m_table.showAtTop(row);
    if (m_bar.hasFocus())
        m_table.setFocus(Qt::OtherFocusReason);
    showPlace();
    readEarlier();
}

void ListJumps::readEarlier()
{
    if (m_table.isNearTop())
        m_model.fetchEarlier();
}

void ListJumps::showPlace()
{
    const bool mayJump = m_stack.currentWidget() == &m_table && !m_model.isWhole() && m_model.wasLoaded() && m_bar.count() > 0;
    m_bar.setVisible(mayJump);
    if (mayJump) // the marks are made anew for it
        m_bar.showPlace(int(m_model.markAt(m_table.topRow())));
}

} // namespace warder
