#pragma once

#include <QLabel>

namespace warder {

/// One line of plain text that gives way where room is short: cut off with "…" then, and whole in its tool tip and for screen
/// readers.
class ElidedLabel final : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    bool isCut() const { return fontMetrics().horizontalAdvance(text()) > contentsRect().width(); }
};

} // namespace warder
