#pragma once

#include <QAction>

class QAbstractButton;
class QWidget;

namespace warder {

/// What a button does, as an action, for its key, the menu of a table, the palette of commands and the list of keys: words, tip and
/// whether it can be done are the button's at every moment. GUI thread.
class ButtonAction final : public QAction
{
    Q_OBJECT
public:
    /// The one of this button, which owns it; made at the first call.
    static ButtonAction *of(QAbstractButton &button);

    /// The key works in the whole window while the button can be pressed.
    void setKey(const QKeySequence &key) { setShortcut(key); }
    /// The key works while `view` has the keyboard. The menu of the view has the action, too.
    void setKeyIn(QWidget &view, const QKeySequence &key);

    QAbstractButton &button() const { return m_button; }
    /// As the button is now, also where it is not painted.
    void follow();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    explicit ButtonAction(QAbstractButton &button);

    QAbstractButton &m_button;
};

} // namespace warder
