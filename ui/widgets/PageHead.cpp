#include "ui/widgets/PageHead.h"

#include "ui/support/Space.h"
#include "ui/widgets/Labels.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

namespace warder {
namespace {

constexpr int leastHeight = 40; ///< Of the first row.

} // namespace

PageHead::PageHead(const QString &title, const QString &about, QWidget *parent)
    : QWidget(parent), m_cells(new QGridLayout(this)), m_title(titleLabel(title, this)), m_controls(new QWidget(this)),
      m_row(new QHBoxLayout(m_controls))
{
    m_title->setWordWrap(false);
    m_title->setToolTip(about);
    m_title->setAccessibleDescription(about);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(Space::small);
    m_cells->setContentsMargins(0, 0, 0, 0);
    m_cells->setHorizontalSpacing(Space::large);
    m_cells->setVerticalSpacing(0);
    m_cells->setRowMinimumHeight(0, leastHeight);
    m_cells->setColumnStretch(1, 1);
    m_cells->addWidget(m_title, 0, 0);
    m_cells->addWidget(m_controls, 0, 2);
    m_controls->hide(); // while it is empty it takes no room
}

QString PageHead::title() const { return m_title->text(); }

void PageHead::addTools(QWidget *tools)
{
    m_tools = tools;
    m_cells->addWidget(tools, 0, 1);
    arrange();
}

void PageHead::addControl(QWidget *control)
{
    m_row->addWidget(control);
    m_controls->show();
}

int PageHead::widthOfOneRow() const
{
    return m_title->sizeHint().width() + qMax(m_tools->sizeHint().width(), m_tools->minimumWidth()) + m_controls->sizeHint().width()
           + 2 * Space::large;
}

void PageHead::arrange()
{
    if (!m_tools || m_isOneRow == (widthOfOneRow() <= width()))
        return;
    m_isOneRow = !m_isOneRow;
    m_cells->removeWidget(m_tools);
    m_isOneRow ? m_cells->addWidget(m_tools, 0, 1) : m_cells->addWidget(m_tools, 1, 0, 1, 3);
}

QSize PageHead::minimumSizeHint() const
{
    const int first = m_title->minimumSizeHint().width() + Space::large + m_controls->minimumSizeHint().width();
    return {qMax(first, m_tools ? qMax(m_tools->minimumSizeHint().width(), m_tools->minimumWidth()) : 0),
            QWidget::minimumSizeHint().height()};
}

bool PageHead::event(QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

} // namespace warder
