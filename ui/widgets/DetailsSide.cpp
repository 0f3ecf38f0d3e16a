#include "ui/widgets/DetailsSide.h"

#include "ui/support/Icons.h"
#include "ui/support/Space.h"
#include "ui/widgets/DetailsPanel.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace warder {

DetailsSide::DetailsSide(const QString &name, const QString &hint, QWidget *parent)
    : QWidget(parent), m_details(new DetailsPanel(name, hint, this)), m_above(new QVBoxLayout), m_between(new QVBoxLayout),
      m_orderColumn(new QVBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::medium);
    column->addLayout(m_above);
    column->addWidget(m_details, 1);
    column->addLayout(m_between);
    m_orderColumn->setSpacing(Space::small);
    column->addLayout(m_orderColumn);
}

void DetailsSide::addAboveDetails(QWidget *widget) { m_above->addWidget(widget); }

void DetailsSide::addBelowDetails(QWidget *widget) { m_between->addWidget(widget); }

QPushButton *DetailsSide::addOrder(const QString &iconName, const QString &text, std::function<void()> order)
{
    auto *button = new QPushButton(icon(iconName), text, this);
    setTabOrder(m_orders.isEmpty() ? static_cast<QWidget *>(m_details) : m_orders.last(), button);
    m_orders += button;
    m_orderColumn->addWidget(button);
    connect(button, &QPushButton::clicked, this, std::move(order));
    return button;
}

void DetailsSide::setOrdersEnabled(bool enabled)
{
    for (QPushButton *order : std::as_const(m_orders))
        order->setEnabled(enabled);
}

} // namespace warder
