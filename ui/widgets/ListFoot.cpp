#include "ui/widgets/ListFoot.h"

#include "ui/widgets/Labels.h"
#include "ui/widgets/WorkBar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

ListFoot::ListFoot(QWidget *parent)
    : QWidget(parent), m_row(new QHBoxLayout(this)), m_count(quietLabel({}, this)), m_work(new WorkBar(this))
{
    m_count->setObjectName(u"count"_s);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->addWidget(m_count, 1);
    m_row->addWidget(m_work);
}

void ListFoot::add(QWidget *widget) { m_row->insertWidget(m_row->indexOf(m_work), widget); }

void ListFoot::saySearching(const QString &text)
{
    m_isSearched = true;
    m_count->setText(text);
}

void ListFoot::sayUncounted(const QString &text) { m_count->setText(text); }

void ListFoot::sayCount(const QString &text)
{
    m_count->setText(text);
    if (!std::exchange(m_isSearched, false))
        return;
    QAccessibleAnnouncementEvent heard(m_count, text);
    QAccessible::updateAccessibility(&heard);
}

} // namespace warder
