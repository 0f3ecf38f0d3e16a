#include "ui/settings/SettingsList.h"

#include "ui/settings/SettingRow.h"
#include "ui/settings/SettingsDraft.h"
#include "ui/support/LayoutKeeper.h"
#include "ui/support/LayoutPause.h"
#include "ui/support/Space.h"
#include "ui/widgets/Panel.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFocusEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {

SettingsList::SettingsList(const SettingsDraft &draft, QWidget *parent) : QScrollArea(parent), m_draft(draft)
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus); // its rows have it
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, Space::narrow, 0);
    column->setSpacing(Space::medium);
    for (const SettingGroup group : SettingGroups::all()) {
        auto *panel = new warder::Panel(SettingGroups::name(group), content);
        panel->body()->setSpacing(0);
        panel->hide();
        column->addWidget(panel);
        m_panels += panel;
    }
    column->addStretch();
    setWidget(content);
    new LayoutKeeper(this);
}

void SettingsList::setOrder(SettingGroup group, QPushButton *button)
{
    button->hide();
    m_panels[int(group)]->addToTitle(button);
    m_orders.insert(group, button);
}

void SettingsList::present()
{
    for (const SettingView &setting : m_draft.settings()) {
        if (SettingRow *row = m_rows.value(setting.key))
            row->present(setting, m_draft);
    }
    makeNext();
}

std::optional<SettingGroup> SettingsList::nextGroup() const
{
    std::optional<SettingGroup> next;
    for (const SettingView &setting : m_draft.settings()) {
        if (m_rows.contains(setting.key))
            continue;
        const SettingGroup group = SettingGroups::of(setting.key);
        next = next ? std::min(*next, group) : group;
    }
    return next;
}

void SettingsList::makeNext()
{
    const auto group = nextGroup();
    if (!group)
        return;
    if (QPushButton *order = m_orders.value(*group); order && order->isHidden()) {
        order->show();
        placeInTabOrder(*order);
    }
    for (const SettingView &setting : m_draft.settings()) {
        if (SettingGroups::of(setting.key) == *group && !m_rows.contains(setting.key))
            addRow(setting);
    }
    applyFilter();
    QTimer::singleShot(0, this, &SettingsList::makeNext);
}

void SettingsList::addRow(const SettingView &setting)
{
    warder::Panel *panel = m_panels[int(SettingGroups::of(setting.key))];
    auto *row = new SettingRow(setting, panel);
    row->present(setting, m_draft);
    panel->body()->addWidget(row);
    m_rows.insert(setting.key, row);
    for (QWidget *each : row->findChildren<QWidget *>())
        placeInTabOrder(*each);
    connect(row, &SettingRow::edited, this, &SettingsList::edited);
    connect(row, &SettingRow::defaultWanted, this, &SettingsList::defaultWanted);
    connect(row, &SettingRow::takeBackWanted, this, &SettingsList::takeBackWanted);
}

/// Qt has what is made later behind all that the window has already.
void SettingsList::placeInTabOrder(QWidget &widget)
{
    const bool isCompound = widget.isAncestorOf(widget.focusProxy());
    const bool takesTab = isCompound || ((widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget.focusProxy());
    if (!takesTab || widget.window() != window() || m_lastInTabOrder->isAncestorOf(&widget)) // what is inside goes along
        return;
    setTabOrder(m_lastInTabOrder, &widget);
    m_lastInTabOrder = &widget;
}

void SettingsList::setFilter(const QString &typed)
{
    m_words.clear();
    for (const QString &word : typed.split(u' ', Qt::SkipEmptyParts))
        m_words += TextMatcher(word);
    applyFilter();
}

void SettingsList::applyFilter()
{
    QList<QWidget *> parents(m_panels.cbegin(), m_panels.cend());
    const LayoutPause pause(parents << widget());
    QWidget *first = nullptr;
    QList<bool> hasRows(m_panels.size(), false);
    for (const SettingView &setting : m_draft.settings()) {
        SettingRow *row = m_rows.value(setting.key);
        if (!row)
            continue;
        const bool fits = row->matches(m_words);
        row->setVisible(fits);
        hasRows[int(SettingGroups::of(setting.key))] |= fits;
        if (fits && !first && row->editor().isEnabled())
            first = &row->editor();
    }
    for (qsizetype group = 0; group < m_panels.size(); ++group)
        m_panels[group]->setVisible(hasRows[group]);
    m_first = first;
    Q_EMIT shownChanged();
}

/// No focus proxy: Tab goes to what has one, and so from the last row to the first.
void SettingsList::focusInEvent(QFocusEvent *event)
{
    if (m_first)
        m_first->setFocus(event->reason());
}

bool SettingsList::isShown(SettingGroup group) const { return !m_panels[int(group)]->isHidden(); }

bool SettingsList::isEmpty() const
{
    return std::ranges::all_of(m_panels, [](const warder::Panel *panel) { return panel->isHidden(); });
}

void SettingsList::scrollTo(SettingGroup group)
{
    layOut();
    verticalScrollBar()->setValue(m_panels[int(group)]->y());
}

void SettingsList::focusRow(const QString &key)
{
    SettingRow *row = m_rows.value(key);
    if (!row || row->isHidden())
        return;
    row->editor().setFocus(Qt::OtherFocusReason);
    layOut();
    ensureWidgetVisible(row);
}

/// Rows that came or went a moment ago have their places, and the scroll bar knows how many there are.
void SettingsList::layOut() { QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest); }

} // namespace warder
