#pragma once

#include "core/base/Clock.h"
#include "ui/support/ChartRange.h"
#include "ui/support/Tone.h"

#include <QChartView>

#include <optional>

class QAreaSeries;
class QCategoryAxis;
class QLineSeries;
class QValueAxis;

namespace warder {

/// A few numbers over time, newest at the right: counts of steps on top of each other, or values as lines. What is drawn in dashes stands
/// on the ground, before the others. A step is chosen by the mouse that is over it or by the arrow keys; whoever shows the chart says its
/// numbers. Follows the palette. GUI thread.
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

    /// `name`: for screen readers.
    TimeChart(const QString &name, const QList<Line> &lines, Form form, QWidget *parent);

    /// Ten minutes until then. What is shown goes, and what is chosen.
    void setRange(ChartRange range);

    /// A step: a value for each line. Less than 0: there is none, and a line goes on from the one before.
    struct Point
    {
        TimePoint from;
        TimePoint until;
        QList<double> values;
    };
    /// Oldest first; `now` is at the right edge.
    void setPoints(const QList<Point> &points, TimePoint now);

    /// Null: none is.
    const Point *chosen() const;
    void forget();

    const QList<Line> &lines() const { return m_lines; }

Q_SIGNALS:
    /// Another step is chosen, or none. `byKey`: a person who may not see it hears of it.
    void chosenChanged(bool byKey);
    /// The chosen step was clicked, or Enter or Space pressed on it.
    void picked();

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    void makeAxes();
    void labelTimes();
    void makeSeries();
    void applyPalette();
    bool isArea(qsizetype line) const;
    double highest() const;
    void layArea(qsizetype line, QList<double> &ground);
    void layLine(qsizetype line);
    double minutesTo(TimePoint time) const;
    double leftOf(const Point &point) const;
    double rightOf(const Point &point) const;
    const Point *pointAt(double x) const;
    void choose(const Point *point, bool byKey);
    void chooseByKey(qsizetype place);
    QRectF plotInScene() const;
    void paintChosen(QPainter &painter, const Point &point) const;

    QList<Line> m_lines;
    Form m_form;
    QList<Point> m_points;
    TimePoint m_now;
    ChartRange m_range = ChartRange::TenMinutes;
    std::optional<TimePoint> m_chosen; ///< When the chosen step begins.
    double m_top = 2;                  ///< The highest value of the axis.
    QCategoryAxis *m_time;
    QValueAxis *m_value;
    QList<QLineSeries *> m_upper;
    QList<QLineSeries *> m_lower;
    QList<QAreaSeries *> m_areas; ///< Null for what is a line.
};

} // namespace warder
