#pragma once

#include "core/console/orders/Imports.h"

#include <QCoreApplication>
#include <QStringList>

namespace warder {

/// What an import is about to do, or has done, in words. Pure; GUI thread.
class ImportTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::ImportTexts)
public:
    /// "3,412 new · 12 there already · 4 lines with faults"; `records`: all that the file has.
    static QString counts(const UserImport &outcome, qint64 records);
    /// What follows from these counts; and which columns of the file were not used.
    static QString consequence(const UserImport &outcome, const QStringList &unused);
    static QString faultsShown(const UserImport &outcome);
    /// On the button.
    static QString action(qint64 number);

    static QString reading(qint64 records);
    static QString writing(qint64 number);
    static QString done(const UserImport &outcome);
    static QString stopped();
    static QString someStay();
};

} // namespace warder
