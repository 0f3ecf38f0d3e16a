#pragma once

#include <QList>
#include <QString>

class QAbstractItemModel;
class QHeaderView;

namespace warder {

/// Rows of a table as text, their columns in the order of its header, also those that it hides. Pure.
namespace TableText {

/// The titles and all rows, as an export has them; RFC 4180, cells that a spreadsheet would take for a formula defused.
QString csv(const QAbstractItemModel &rows, const QHeaderView &header);
/// These rows as they are shown, with tabs between the cells: what a spreadsheet takes from the clipboard.
QString forClipboard(const QAbstractItemModel &rows, const QHeaderView &header, const QList<int> &chosen);

} // namespace TableText

} // namespace warder
