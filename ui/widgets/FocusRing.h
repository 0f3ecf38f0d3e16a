#pragma once

#include <QWidget>

namespace warder {

/// A ring of two pixels around a widget that has the keyboard and would not show it by itself. GUI thread.
class FocusRing final : public QWidget
{
    Q_OBJECT
public:
    /// Lies over `around`, within it, whenever that has the focus; it owns the ring.
    explicit FocusRing(QWidget *around);

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// How thick what shows the focus is, in pixels.
inline constexpr int focusThickness = 2;

/// The same ring, for who paints it. `palette`: that of what lies around.
void paintFocusRing(QWidget *on, const QPalette &palette);

} // namespace warder
