#include "ui/palette/PaletteModel.h"

#include "ui/support/UiTexts.h"

namespace warder {

void PaletteModel::present(const QList<PaletteRow> &rows)
{
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PaletteRow &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:        return row.name;
    case WhereRole:              return row.where;
    case KeysRole:               return row.keys;
    case Qt::AccessibleTextRole: {
        QStringList all {row.name, row.where, row.keys};
        all.removeAll(QString());
        return UiTexts::inOneLine(all);
    }
    default: return {};
    }
}

} // namespace warder
