#pragma once

#include <QLayout>
#include <QList>
#include <QWidget>

namespace warder {

/// While it lives these widgets lay nothing out: of many children that are shown and hidden each would have all of them laid out anew
/// (QWidget::setVisible() activates the layouts above it). At its end that is done once. The widgets have layouts, those inside come before
/// those around them, and all outlive it. GUI thread.
class LayoutPause final
{
public:
    explicit LayoutPause(QList<QWidget *> widgets) : m_widgets(std::move(widgets)) { setEnabled(false); }
    ~LayoutPause()
    {
        setEnabled(true);
        for (const QWidget *each : m_widgets) {
            if (each->isVisible())
                each->layout()->activate();
        }
    }
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
