#include "ui/widgets/TableText.h"

#include "ui/support/Csv.h"
#include "ui/widgets/TableModel.h"

#include <QAbstractItemModel>
#include <QHeaderView>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// As they stand on the screen, also those that had no room; not those out of use.
QList<int> columnsOf(const QAbstractItemModel &rows, const QHeaderView &header)
{
    QList<int> columns;
    for (int visual = 0; visual < header.count(); ++visual)
        columns += header.logicalIndex(visual);
    columns.removeIf([&rows](int column) { return rows.headerData(column, Qt::Horizontal, CharactersRole).toInt() == 0; });
    return columns;
}

QStringList cellsOf(const QAbstractItemModel &rows, const QList<int> &columns, int row, int role)
{
    QStringList cells;
    for (const int column : columns)
        cells += rows.index(row, column).data(role).toString();
    return cells;
}

} // namespace

QString TableText::csv(const QAbstractItemModel &rows, const QHeaderView &header)
{
    const QList<int> columns = columnsOf(rows, header);
    QStringList titles;
    for (const int column : columns)
        titles += rows.headerData(column, Qt::Horizontal).toString();
    QString text = Csv::line(titles);
    for (int row = 0; row < rows.rowCount(); ++row)
        text += Csv::line(cellsOf(rows, columns, row, RawRole));
    return text;
}

QString TableText::forClipboard(const QAbstractItemModel &rows, const QHeaderView &header, const QList<int> &chosen)
{
    const QList<int> columns = columnsOf(rows, header);
    QStringList lines;
    for (const int row : chosen)
        lines += cellsOf(rows, columns, row, Qt::DisplayRole).replaceInStrings(QRegularExpression(u"[\t\n]"_s), u" "_s).join(u'\t');
    return lines.join(u'\n');
}

} // namespace warder
