#include "ui/widgets/ListTools.h"

#include "ui/support/Space.h"
#include "ui/widgets/FilterBox.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace warder {

ListTools::ListTools(const QString &placeholder, QWidget *list, QWidget *parent)
    : QWidget(parent), m_below(new QVBoxLayout), m_tools(new QHBoxLayout(this)), m_filter(new FilterBox(placeholder, list, this))
{
    m_below->setSpacing(Space::small);
    m_tools->setContentsMargins(0, 0, 0, 0);
    m_tools->setSpacing(Space::small);
    m_tools->addWidget(m_filter, 1);
    m_tools->addStretch(1);
}

void ListTools::addBesideFilter(QWidget *tool) { m_tools->insertWidget(1, tool); }

void ListTools::addAtTheEnd(QWidget *tool) { m_tools->addWidget(tool); }

void ListTools::addBelow(QWidget *widget) { m_below->addWidget(widget, 0, Qt::AlignLeft); }

void ListTools::addWideBelow(QWidget *widget) { m_below->addWidget(widget); }

} // namespace warder
