#pragma once

#include <QObject>

class QAction;

namespace warder {

class DataTable;
class DetailsSide;
class FilterBox;

/// The ways of the keyboard between a list, the filter above it and what stands beside it: Down from the filter to the first row, Right
/// from a row to its details, and Escape the same way back. GUI thread.
class ListKeyboard final : public QObject
{
    Q_OBJECT
public:
    /// `filter`: null, where the list has none. All of them live as long as the page that they are parts of.
    ListKeyboard(DataTable &list, DetailsSide &side, FilterBox *filter);

    /// What Right does, for a list where Enter does the same.
    QAction *toDetails() const { return m_toDetails; }

private:
    void leadToFilter(DataTable &list, FilterBox &filter);

    QAction *m_toDetails;
};

} // namespace warder
