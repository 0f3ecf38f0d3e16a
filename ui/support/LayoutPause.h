#pragma once

#include <QLayout>
#include <QList>
#include <QWidget>

namespace warder {

/// While it lives these widgets lay nothing out: of many children that are shown and hidden each would have all of them laid out anew at
/// once (QWidget::setVisible() activates the layouts above it). Afterwards it is done once, in the same turn of the event loop. The widgets
/// have layouts, and outlive it. GUI thread.
class LayoutPause final
{
public:
    explicit LayoutPause(QList<QWidget *> widgets) : m_widgets(std::move(widgets)) { setEnabled(false); }
    ~LayoutPause() { setEnabled(true); }
    Q_DISABLE_COPY_MOVE(LayoutPause)

private:
    void setEnabled(bool enabled) const
    {
        for (const QWidget *each : m_widgets)
            each->layout()->setEnabled(enabled);
    }

    const QList<QWidget *> m_widgets;
};

} // namespace warder
