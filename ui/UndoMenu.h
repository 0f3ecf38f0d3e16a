#pragma once

#include <QMenu>

namespace warder {

class UndoStack;

/// The list of what can be taken back, the newest first. What a newer change of the same thing stands before is greyed out. GUI thread.
class UndoMenu final : public QMenu
{
    Q_OBJECT
public:
    UndoMenu(UndoStack &stack, QWidget *parent);

private:
    void fill();

    UndoStack &m_stack;
};

} // namespace warder
