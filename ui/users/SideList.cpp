#include "ui/users/SideList.h"

#include "ui/support/Space.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace warder {

SideList::SideList(const QString &name, const QString &key, QPushButton *button, QWidget *parent)
    : QWidget(parent), m_panel(new Panel({}, this)), m_table(new DataTable(name, key, m_panel)), m_note(textLabel({}, m_panel)),
      m_rest(quietLabel({}, this)), m_button(button)
{
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_panel->setFlush();
    m_panel->body()->addWidget(m_table, 1);
    m_panel->body()->addWidget(m_note, 1);
    m_note->setAlignment(Qt::AlignCenter);
    m_note->setContentsMargins(Space::large, Space::small, Space::large, Space::small);
    m_note->setFocusPolicy(Qt::StrongFocus);
    new FocusRing(m_note);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::small);
    column->addWidget(m_panel, 1);
    column->addWidget(m_rest);
    column->addWidget(m_button);
    m_table->hide();
    m_rest->hide();
}

QList<QWidget *> SideList::tabStops() const { return {m_table, m_note, m_button}; }

/// Who waits at the one for the other comes along.
void SideList::presentRows(const QString &note, const QString &rest)
{
    const bool hasKeyboard = m_table->hasFocus() || m_note->hasFocus();
    const bool hasRows = m_table->model()->rowCount() > 0;
    m_table->setVisible(hasRows);
    m_note->setVisible(!hasRows);
    m_note->setText(note);
    QWidget *first = hasRows ? static_cast<QWidget *>(m_table) : m_note;
    if (focusProxy() != first)
        setFocusProxy(first);
    if (hasKeyboard)
        first->setFocus(Qt::OtherFocusReason);
    m_rest->setVisible(!rest.isEmpty());
    m_rest->setText(rest);
}

} // namespace warder
