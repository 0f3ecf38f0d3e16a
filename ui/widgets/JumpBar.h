#pragma once

#include "ui/widgets/ListMark.h"

#include <QListWidget>

namespace warder {

/// The slim bar beside a list that is not read to its end: marks of places to jump to, of which the one that the list stands at is filled.
/// A click jumps, or Enter after the arrows or the first letter of a mark. To screen readers it is a list of places. GUI thread.
class JumpBar final : public QListWidget
{
    Q_OBJECT
public:
    explicit JumpBar(QWidget *parent);

    void setMarks(const QList<ListMark> &marks);
    /// -1: nobody knows.
    void showPlace(int mark);
    int place() const { return m_place; }
    int markHeight() const { return m_markHeight; } ///< Pixels.

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {sizeHint().width(), 0}; }
    /// Each key alone: marks are short, and whoever types one after another means another mark.
    void keyboardSearch(const QString &typed) override;

Q_SIGNALS:
    void chosen(int mark);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyPalette();
    /// As high as the marks have room for.
    void spread();

    int m_place = -1;
    int m_markHeight = 16;
};

} // namespace warder
