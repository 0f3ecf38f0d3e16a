#include "ui/users/import/ImportFaultsModel.h"

namespace warder {
namespace {

QList<Column<UserImportFault>> faultColumns()
{
    using Row = const UserImportFault &;
    return {
        //: Column title: the number of a line of a file.
        {.title = ImportFaultsModel::tr("Line"), .characters = 8, .number = [](Row row) { return std::optional(row.line); }},
        //: Column title: the column of a file in which something is wrong.
        {.title = ImportFaultsModel::tr("Field"), .characters = 14, .text = [](Row row, TimePoint) { return row.field; }},
        //: Column title: what is wrong in a line of a file.
        {.title = ImportFaultsModel::tr("What is wrong"), .characters = 44, .text = [](Row row, TimePoint) { return row.message; }},
    };
}

} // namespace

ImportFaultsModel::ImportFaultsModel(const Clock &clock, QObject *parent) : RowsModel(clock, faultColumns(), parent) {}

void ImportFaultsModel::add(const QList<UserImportFault> &faults)
{
    const TableModel::Batch batch(*this);
    insertAt(rowCount(), faults);
}

} // namespace warder
