#pragma once

#include "core/console/orders/Imports.h"
#include "ui/widgets/RowsModel.h"

#include <QCoreApplication>

namespace warder {

/// What is wrong in a file with users, by line, in the words of the server. GUI thread.
class ImportFaultsModel final : public RowsModel<UserImportFault>
{
    Q_DECLARE_TR_FUNCTIONS(warder::ImportFaultsModel)
public:
    ImportFaultsModel(const Clock &clock, QObject *parent);
    /// Once.
    void add(const QList<UserImportFault> &faults);
};

} // namespace warder
