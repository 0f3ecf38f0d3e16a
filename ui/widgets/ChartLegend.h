#pragma once

#include "ui/widgets/TimeChart.h"

#include <QWidget>

class QLabel;

namespace warder {

/// The marks of a chart's lines with their names: beside each other, or of many in rows, where a long name is cut and whole in its tip.
/// GUI thread.
class ChartLegend final : public QWidget
{
    Q_OBJECT
public:
    ChartLegend(const QList<TimeChart::Line> &lines, QWidget *parent);

    /// In the order of the lines; a line without a name is not shown.
    void setNames(const QStringList &names);

private:
    struct Entry
    {
        QWidget *whole;
        QLabel *name;
    };

    Entry makeEntry(Plot plot, bool mayBeCut);

    QList<Entry> m_entries;
};

} // namespace warder
