#pragma once

#include <QObject>

class QScrollArea;

namespace warder {

/// Has what a scroll area holds laid out for the size that it has. Where a scroll bar comes while the window is about to show, Qt 6.8 makes
/// it narrower and higher, and leaves its parts where they were. Lives with the area. GUI thread.
class LayoutKeeper final : public QObject
{
    Q_OBJECT
public:
    /// After setWidget(); `area` is the parent.
    explicit LayoutKeeper(QScrollArea *area);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void layOut();

    QScrollArea *m_area;
    bool m_isWaiting = false;
};

} // namespace warder
