#pragma once

#include "ui/support/Tone.h"

#include <QChartView>

class QAreaSeries;
class QCategoryAxis;
class QLineSeries;
class QValueAxis;

namespace warder {

/// The last ten minutes, or day, or 30 days, of a few counts, newest at the right: areas on top of each other, or lines. Follows the
/// palette, tells the values under the mouse, and says its newest values to screen readers.
class TimeChart final : public QChartView
{
    Q_OBJECT
public:
    struct Line
    {
        QString name;
        Plot plot;
    };
    enum class Form { Stacked, Lines };

    TimeChart(const QString &name, const QList<Line> &lines, Form form, QWidget *parent);

    enum class Window { TenMinutes, Day, Month };
    /// Ten minutes until then. What is shown goes: points of another window would stand in the wrong place.
    void setWindow(Window window);

    /// One moment: how many minutes ago (no more than the window has), and a value for each line.
    struct Point
    {
        double minutesAgo = 0;
        QList<double> values;
    };
    /// Oldest first.
    void setPoints(const QList<Point> &points);

    /// Dots and names of the lines, for the title of a panel.
    QWidget *makeLegend(QWidget *parent) const;

protected:
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    void makeAxes();
    void labelTimes();
    void makeSeries();
    void applyPalette();
    QStringList inWords(const Point &point) const;

    QList<Line> m_lines;
    Form m_form;
    QList<Point> m_points;
    Window m_window = Window::TenMinutes;
    QCategoryAxis *m_time;
    QValueAxis *m_value;
    QList<QLineSeries *> m_upper;
    QList<QLineSeries *> m_lower;
    QList<QAreaSeries *> m_areas;
};

/// A panel around a chart, with the chart's legend beside its title.
QWidget *chartPanel(const QString &title, TimeChart *chart, QWidget *parent);

} // namespace warder
