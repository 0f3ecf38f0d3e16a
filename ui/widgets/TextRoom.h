#pragma once

#include <QObject>

class QDialog;

namespace warder {

/// Sees that nothing in a dialog is cut off, also after a message has come: it is as tall as its texts are at its width, up to the height
/// of the screen. Qt opens a dialog with no more than two thirds of the screen, and lets texts of several lines shrink to one. GUI thread.
class TextRoom final : public QObject
{
    Q_OBJECT
public:
    /// The dialog has its layout; it becomes this object's parent.
    explicit TextRoom(QDialog *dialog);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QDialog &m_dialog;
};

} // namespace warder
