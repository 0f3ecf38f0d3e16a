#pragma once

#include "core/base/AccountAct.h"

#include <QMenu>

namespace warder {

/// What can be done to several users at once, and the deletion of one. One menu for a button and for the list, which has its actions, too.
/// GUI thread.
class BulkMenu final : public QMenu
{
    Q_OBJECT
public:
    explicit BulkMenu(QWidget *parent);

    /// Whether somebody is listed who can be changed, and whether one is selected who can be deleted.
    void present(bool canChange, bool canDelete);

Q_SIGNALS:
    void chosen(warder::AccountAct act);
    void deletionWanted();

private:
    QList<QAction *> m_acts;
    QAction *m_delete;
};

} // namespace warder
