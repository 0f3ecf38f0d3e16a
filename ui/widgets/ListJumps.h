#pragma once

#include <QObject>

class QStackedWidget;

namespace warder {

class DataTable;
class JumpBar;
class PagedList;

/// Jumps to a mark in a list that is not read to its end, by the bar beside it; and reads what comes before its first row in time, where
/// the list begins inside after a jump. A part of ListPage. GUI thread.
class ListJumps final : public QObject
{
    Q_OBJECT
public:
    /// `stack`: what the table is in, or what stands in its place.
    ListJumps(JumpBar &bar, DataTable &table, const QStackedWidget &stack, PagedList &model, QObject *page);

    void jumpTo(int mark);
    /// The list's first row becomes the uppermost one, and has the keyboard; reads it where the list begins inside.
    void jumpToBegin();
    /// Something else is wanted, or the rows will not come.
    void cancel() { m_isJumping = false; }

    /// Shows where in the list the rows in view are, where somebody can jump.
    void showPlace();
    /// Before somebody scrolls there: at its upper end a scroll bar says nothing more.
    void readEarlier();

private:
    void showWhereItLed(int row);

    JumpBar &m_bar;
    DataTable &m_table;
    const QStackedWidget &m_stack;
    PagedList &m_model;
    bool m_isJumping = false; ///< Somebody chose a mark, and the rows are on their way.
};

} // namespace warder
