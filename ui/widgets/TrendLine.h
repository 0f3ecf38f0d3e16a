#pragma once

#include <QList>
#include <QString>
#include <QWidget>

class QPainter;

namespace warder {

/// How a number went, and how it differs from before: a small line of the last day, and a few characters beside it.
struct Trend
{
    QList<double> points = {}; ///< Oldest first; less than 0: nobody knows. Empty: nothing is shown.
    bool fromZero = true;      ///< The line stands on zero; else on the least of the points.
    QString difference = {};   ///< "+12 %"; empty: nobody knows.
    QString words = {};        ///< The same for the tool tip and screen readers.

    bool operator==(const Trend &) const = default;
};

/// Shows a Trend in the height of a line of text. GUI thread.
class TrendLine final : public QWidget
{
    Q_OBJECT
public:
    explicit TrendLine(QWidget *parent);

    void setTrend(const Trend &trend);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int besideLine() const;
    QFont small() const;
    void paintLine(QPainter &painter, const QRectF &place) const;

    Trend m_trend;
};

} // namespace warder
