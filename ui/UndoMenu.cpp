#include "ui/UndoMenu.h"

#include "ui/UndoStack.h"
#include "ui/support/UiTexts.h"

using namespace Qt::StringLiterals;

namespace warder {

UndoMenu::UndoMenu(UndoStack &stack, QWidget *parent)
    //: Menu: what was done and can be taken back.
    : QMenu(tr("Undo &one of these"), parent), m_stack(stack)
{
    setObjectName(u"undoMenu"_s);
    connect(&m_stack, &UndoStack::changed, this, &UndoMenu::fill);
    fill();
}

void UndoMenu::fill()
{
    clear();
    for (const UndoStack::Entry &entry : m_stack.entries()) {
        //: Menu item: asks whether to take back what %1 names, such as "Rotation of Zk9Qw3sT1vLr2YxB".
        QAction *action = addAction(tr("%1…").arg(UiTexts::inLabel(entry.what)));
        action->setEnabled(entry.isInTurn);
        // Queued, because the menu is filled anew by it.
        connect(action, &QAction::triggered, &m_stack, [this, number = entry.number] { m_stack.takeBack(number); }, Qt::QueuedConnection);
    }
    menuAction()->setEnabled(!isEmpty());
}

} // namespace warder
