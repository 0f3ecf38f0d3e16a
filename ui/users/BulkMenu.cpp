#include "ui/users/BulkMenu.h"

#include "ui/support/Icons.h"
#include "ui/users/BulkTexts.h"

#include <QAction>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

BulkMenu::BulkMenu(QWidget *parent) : QMenu(parent)
{
    using enum AccountAct;
    for (const AccountAct act : {Disable, Enable, EndSessions, AddRole, RemoveRole}) {
        m_acts += addAction(BulkTexts::item(act));
        connect(m_acts.last(), &QAction::triggered, this, [this, act] { Q_EMIT chosen(act); });
    }
    addSeparator();
    //: Menu item: deletes the selected account, after a question.
    m_delete = addAction(warder::icon(u"trash"_s), tr("De&lete account…"));
    m_delete->setShortcut(QKeySequence::Delete);
    m_delete->setShortcutContext(Qt::WidgetShortcut);
    connect(m_delete, &QAction::triggered, this, &BulkMenu::deletionWanted);
}

void BulkMenu::present(bool canChange, bool canDelete)
{
    for (QAction *act : std::as_const(m_acts))
        act->setEnabled(canChange);
    m_delete->setEnabled(canDelete);
}

} // namespace warder
