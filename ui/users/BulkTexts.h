#pragma once

#include "core/console/orders/Users.h"
#include "ui/widgets/Confirm.h"

#include <QCoreApplication>

namespace warder {

/// What is done to many users at once, in words. Pure; GUI thread.
class BulkTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::BulkTexts)
public:
    /// For a menu; the dots say that a question follows.
    static QString item(AccountAct act);
    /// Title of the question, and word on its button.
    static QString title(AccountAct act);
    static QString action(AccountAct act);
    static QString effect(AccountAct act);

    static QString selected(qint64 number);
    /// `text`: what the list was searched for.
    static QString shown(qint64 number, const QString &text);

    static QString working(AccountAct act, qint64 number);
    static QString done(AccountAct act, const QString &role, const UsersChanged &changed);
    /// "Disabling of 3 users"; empty for what cannot be taken back.
    static QString undoName(AccountAct act, const QString &role, qint64 number);
    /// `back`: what takes it back.
    static Confirmation beforeUndo(AccountAct back, qint64 number);
    static QString undone(const UsersChanged &changed);
    /// `unreached`: how many it did not come to.
    static QString stopped(qint64 unreached);
    static QString countChanged();
    static QString nobodyLeft();
    /// Why an order cannot be given now: the page does something else that takes long.
    static QString busy();
    /// The same: nobody is selected, and nobody knows yet how many are shown.
    static QString uncounted();
};

} // namespace warder
