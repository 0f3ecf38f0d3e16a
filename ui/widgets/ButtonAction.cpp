#include "ui/widgets/ButtonAction.h"

#include <QAbstractButton>
#include <QEvent>

namespace warder {

ButtonAction *ButtonAction::of(QAbstractButton &button)
{
    auto *known = button.findChild<ButtonAction *>(QString(), Qt::FindDirectChildrenOnly);
    return known ? known : new ButtonAction(button);
}

ButtonAction::ButtonAction(QAbstractButton &button) : QAction(&button), m_button(button)
{
    button.addAction(this);
    button.installEventFilter(this);
    connect(this, &QAction::triggered, &button, &QAbstractButton::click);
    follow();
}

void ButtonAction::setKeyIn(QWidget &view, const QKeySequence &key)
{
    setShortcut(key);
    setShortcutContext(Qt::WidgetShortcut);
    view.insertAction(view.actions().value(0), this);
}

void ButtonAction::follow()
{
    setText(m_button.text());
    setToolTip(m_button.toolTip());
    setEnabled(m_button.isEnabled());
    setVisible(!m_button.isHidden());
}

bool ButtonAction::eventFilter(QObject *watched, QEvent *event)
{
    if (!qobject_cast<QAbstractButton *>(watched))
        return QAction::eventFilter(watched, event); // it is being destroyed, and has no words any more
    switch (event->type()) {
    case QEvent::EnabledChange:
    case QEvent::ShowToParent:
    case QEvent::HideToParent:
    case QEvent::ToolTipChange:
    case QEvent::Paint:         follow(); break; // the last one tells of other words
    default:                    break;
    }
    return QAction::eventFilter(watched, event);
}

} // namespace warder
