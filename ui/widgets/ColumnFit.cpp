#include "ui/widgets/ColumnFit.h"

#include "ui/widgets/TableModel.h"

#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QTableView>

#include <numeric>

namespace warder {
namespace {

constexpr int padding = 20;
constexpr int mostCharacters = 44;

int sum(const QList<int> &widths) { return std::accumulate(widths.begin(), widths.end(), 0); }

} // namespace

QList<int> fittedWidths(const QList<int> &least, const QList<int> &wanted, int room)
{
    qsizetype shown = least.size();
    while (shown > 1 && sum(least.first(shown)) > room)
        --shown;
    const int spare = std::max(0, room - sum(least.first(shown)));
    const int wish = sum(wanted.first(shown)) - sum(least.first(shown));
    QList<int> widths(least.size(), 0);
    for (qsizetype column = 0; column < shown; ++column)
        widths[column] = spare >= wish ? wanted[column] : least[column] + int(qint64(wanted[column] - least[column]) * spare / wish);
    return widths;
}

ColumnFit::ColumnFit(QTableView &table) : QObject(&table), m_table(table)
{
    const QAbstractItemModel *model = table.model();
    readCharacters();
    connect(model, &QAbstractItemModel::modelReset, this, &ColumnFit::fit);
    connect(model, &QAbstractItemModel::headerDataChanged, this, [this](Qt::Orientation orientation, int first, int last) {
        if (orientation != Qt::Horizontal)
            return;
        const QList<int> before = m_characters;
        readCharacters();
        for (int column = first; column <= last; ++column) {
            const bool isInUse = m_characters[column] > 0;
            if (!isInUse || before.value(column) == 0) // else the person may have hidden it
                m_table.setColumnHidden(column, !isInUse);
        }
        fit();
    });
    connect(model, &QAbstractItemModel::rowsInserted, this, [this, model](const QModelIndex &, int first, int last) {
        if (model->rowCount() == last - first + 1) // the first ones; later ones must not move what is looked at
            fit();
    });
    connect(table.horizontalHeader(), &QHeaderView::sectionResized, this, &ColumnFit::noteResized);
}

void ColumnFit::readCharacters()
{
    m_characters.clear();
    for (int column = 0; column < m_table.model()->columnCount(); ++column)
        m_characters += m_table.model()->headerData(column, Qt::Horizontal, CharactersRole).toInt();
}

QList<int> ColumnFit::wanted() const
{
    const int unit = m_table.fontMetrics().averageCharWidth();
    QList<int> widths;
    for (int column = 0; column < m_characters.size(); ++column) {
        const int shown = std::max(static_cast<QAbstractItemView &>(m_table).sizeHintForColumn(column),
                                   m_table.horizontalHeader()->sectionSizeHint(column));
        const int width = std::max(m_characters[column] * unit, std::min(shown, mostCharacters * unit + padding));
        widths += m_characters[column] == 0 ? 0 : width;
    }
    return widths;
}

QList<int> ColumnFit::leastOf(const QList<int> &wanted) const
{
    const int unit = m_table.fontMetrics().averageCharWidth();
    QList<int> widths;
    for (int column = 0; column < wanted.size(); ++column)
        widths += std::min(wanted[column], std::max(m_characters[column] * unit, m_table.horizontalHeader()->sectionSizeHint(column)));
    return widths;
}

void ColumnFit::fit()
{
    if (m_byHand)
        return;
    readCharacters();
    const QScopedValueRollback fitting(m_fitting, true);
    for (int column = 0; column < m_characters.size(); ++column)
        m_table.setColumnHidden(column, false); // a hidden one has no size to ask for
    const QList<int> most = wanted();
    apply(fittedWidths(leastOf(most), most, m_table.viewport()->width()));
}

void ColumnFit::apply(const QList<int> &widths)
{
    for (int column = 0; column < widths.size(); ++column) {
        m_table.setColumnHidden(column, widths[column] == 0);
        if (widths[column] > 0)
            m_table.setColumnWidth(column, widths[column]);
    }
}

void ColumnFit::noteResized(int column)
{
    const QHeaderView *header = m_table.horizontalHeader();
    const bool stretched = header->stretchLastSection() && header->visualIndex(column) == header->count() - 1;
    if (!m_fitting && !stretched && QGuiApplication::mouseButtons() != Qt::NoButton)
        m_byHand = true;
}

void ColumnFit::fillMenu(QMenu &menu)
{
    menu.clear();
    const QAbstractItemModel *model = m_table.model();
    for (int column = 1; column < m_characters.size(); ++column) {
        if (m_characters[column] == 0)
            continue;
        QAction *shown = menu.addAction(model->headerData(column, Qt::Horizontal).toString());
        shown->setCheckable(true);
        shown->setChecked(!m_table.isColumnHidden(column));
        connect(shown, &QAction::toggled, this, [this, column](bool show) {
            m_byHand = true;
            m_table.setColumnHidden(column, !show);
        });
    }
    menu.addSeparator();
    //: Menu item: the program chooses again which columns of a table are shown and how wide they are.
    QAction *automatic = menu.addAction(tr("&Automatic"));
    automatic->setCheckable(true);
    automatic->setChecked(!m_byHand);
    connect(automatic, &QAction::triggered, this, [this] {
        m_byHand = false;
        fit();
    });
}

} // namespace warder
