#pragma once

#include "core/console/orders/Limits.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/TimeChart.h"

class QLabel;

namespace warder {

class Chips;

/// What a rule, or all of them, allowed and denied: in ten minutes, a day or 30 days. GUI thread.
class LimitChart final : public Panel
{
    Q_OBJECT
public:
    explicit LimitChart(QWidget *parent);

    TimeChart::Window timeWindow() const;
    /// The same as the console is asked for it.
    Seconds span() const;
    /// `rule`: in words; empty: all.
    void present(const QString &rule, const QList<LimitPoint> &history);

Q_SIGNALS:
    void windowChanged();

private:
    void change();

    Chips *m_window;
    QLabel *m_what;
    TimeChart *m_chart;
};

} // namespace warder
