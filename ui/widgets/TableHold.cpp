#include "ui/widgets/TableHold.h"

#include "ui/widgets/SortedRows.h"
#include "ui/widgets/TableScroll.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPushButton>
#include <QTableView>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {
namespace {

constexpr auto longestRest = 10s; ///< Of the pointer: then it has been left lying there.

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_AltGr || key == Qt::Key_Meta;
}

} // namespace

TableHold::TableHold(QTableView &table, SortedRows &sorted, TableScroll &scroll, std::function<bool(int place)> isLeaving)
    : m_table(table), m_sorted(sorted), m_scroll(scroll), m_isLeaving(std::move(isLeaving)),
      m_rows(HeldRows::Sight {.passes = [this](int first) { return passes(first); }, .keeps = [this](int row) { return isInSight(row); }}),
      m_button(new QPushButton(&table)), m_quiet(new QTimer(&table))
{
    m_button->setObjectName(u"waiting"_s);
    m_button->setFocusPolicy(Qt::NoFocus); // the list keeps the keyboard, and any key there does the same
    //: Tool tip of the button "12 changes", at the foot of a list.
    m_button->setToolTip(tr("Rows stand still while the pointer is among them. Click, leave the list or press a key in it to see what came "
                            "and went; F5 and ten seconds without a move do the same."));
    m_button->hide();
    m_button->installEventFilter(this);
    connect(m_button, &QPushButton::clicked, this, &TableHold::release);
    m_quiet->setObjectName(u"quiet"_s);
    m_quiet->setSingleShot(true);
    m_quiet->setInterval(longestRest);
    connect(m_quiet, &QTimer::timeout, this, &TableHold::releaseUnlessPressed);
    for (QTimer *next : {&m_left, &m_soon}) {
        next->setSingleShot(true);
        next->setInterval(0);
    }
    connect(&m_left, &QTimer::timeout, this, &TableHold::releaseUnlessInside);
    connect(&m_soon, &QTimer::timeout, this, &TableHold::tell);
    table.installEventFilter(this);
    table.viewport()->installEventFilter(this);
    table.viewport()->setMouseTracking(true);
}

HeldRows &TableHold::rowsOf(TableModel *model)
{
    m_rows.setModel(model);
    connect(&m_rows, &HeldRows::waitingChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(&m_rows, &HeldRows::gone, this, [this](int row) { Q_EMIT gone(m_sorted.mapFromSource(m_rows.index(row, 0)).row()); });
    // Before m_sorted hears of the same values, and puts their rows elsewhere.
    connect(&m_rows, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &from, const QModelIndex &to) { noteOrder(from.row(), to.row()); });
    return m_rows;
}

int TableHold::modelRow(int place) const { return m_rows.modelRow(m_sorted.mapToSource(m_sorted.index(place, 0)).row()); }

int TableHold::placeOf(int modelRow) const { return m_sorted.mapFromSource(m_rows.index(m_rows.rowOf(modelRow), 0)).row(); }

/// What a long list goes on with, at either end, is asked for by whoever scrolls there.
bool TableHold::passes(int first) const
{
    const bool isAtTheEnd = first > 0 && m_rows.rowOf(first - 1) == m_rows.rowCount() - 1;
    return m_sorted.sortColumn() < 0 && (isAtTheEnd || (first == 0 && m_scroll.beginsInside()));
}

bool TableHold::isInSight(int row) const
{
    const int place = m_sorted.mapFromSource(m_rows.index(row, 0)).row();
    const int top = m_table.rowViewportPosition(place);
    return top + m_table.rowHeight(place) > 0 && top < m_table.viewport()->height() && !m_isLeaving(place);
}

void TableHold::noteOrder(int first, int last)
{
    if (!m_rows.isHeld() || m_sorted.sortColumn() < 0)
        return;
    m_sorted.setDynamicSortFilter(false);
    for (int row = first; row <= last; ++row) {
        if (m_sorted.isInPlace(m_sorted.mapFromSource(m_rows.index(row, 0)).row()))
            m_misplaced.remove(row);
        else
            m_misplaced.insert(row);
    }
    m_soon.start();
}

void TableHold::release()
{
    m_quiet->stop();
    const bool isMoved = m_rows.waiting() > 0 || !m_misplaced.isEmpty();
    if (isMoved)
        m_scroll.notePlace();
    m_rows.release();
    if (m_rows.isHeld())
        return; // the model is in the midst of a change
    if (!m_sorted.dynamicSortFilter())
        m_sorted.setDynamicSortFilter(true);
    if (isMoved)
        m_scroll.restorePlace();
    m_misplaced.clear();
    m_button->hide();
}

void TableHold::releaseUnlessInside()
{
    if (!m_table.viewport()->underMouse() && !m_button->underMouse())
        release();
}

/// Whoever holds a row by the mouse is not done with it.
void TableHold::releaseUnlessPressed()
{
    if (QGuiApplication::mouseButtons() == Qt::NoButton)
        release();
    else
        m_quiet->start();
}

void TableHold::tell()
{
    const qsizetype number = m_rows.isHeld() ? m_rows.waiting() + m_misplaced.size() : 0;
    m_button->setVisible(number > 0);
    if (number == 0)
        return;
    //: Button at the foot of a list whose rows stand still while the pointer is among them: how many came, went or belong elsewhere by
    //: now. A click shows them.
    m_button->setText(tr("%Ln change(s) ▸", nullptr, int(number)));
    placeButton();
}

void TableHold::placeButton()
{
    constexpr int margin = 8;
    const QRect shown = m_table.viewport()->geometry();
    m_button->adjustSize();
    m_button->move(shown.right() - m_button->width() - margin, shown.bottom() - m_button->height() - margin);
    m_button->raise();
}

/// Only a pointer that moves or presses begins it: a window may come up below one that lies anywhere.
void TableHold::noteMouse(const QPoint &at)
{
    const bool isInRows = m_table.isEnabled() && m_table.viewport()->rect().contains(at) && m_table.rowAt(at.y()) >= 0;
    if (isInRows) {
        m_rows.hold();
        m_quiet->start();
    } else if (QGuiApplication::mouseButtons() == Qt::NoButton) {
        release();
    }
}

bool TableHold::eventFilter(QObject *watched, QEvent *event)
{
    const bool isOfRows = watched == m_table.viewport();
    switch (event->type()) {
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
        if (isOfRows)
            noteMouse(static_cast<QMouseEvent *>(event)->position().toPoint());
        break;
    case QEvent::Leave: m_left.start(); break;
    case QEvent::ShortcutOverride: // also of keys that an action takes
    case QEvent::KeyPress:
        if (watched == &m_table && !isModifier(static_cast<QKeyEvent *>(event)->key()))
            release();
        break;
    case QEvent::Hide:
        if (watched != m_button)
            release();
        break;
    case QEvent::EnabledChange:
        if (!m_table.isEnabled())
            release();
        break;
    case QEvent::Resize:
        if (isOfRows && !m_button->isHidden())
            placeButton();
        break;
    default: break;
    }
    return false;
}

} // namespace warder
