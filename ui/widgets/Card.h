#pragma once

#include "ui/support/Tone.h"

#include <QAbstractButton>

class QLabel;

namespace warder {

class StateDot;
class TrendLine;
struct Trend;

/// One number of the overview, large, with what it counts above, a remark below, and how it went in the last day; a button that opens the
/// page which says more.
class Card final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit Card(const QString &title, QWidget *parent = nullptr);

    void setFigure(const QString &value, const QString &remark, Tone tone = Tone::Neutral);
    /// It says a state: the mark of its tone stands there also where that is neutral.
    void keepMark() { m_keepsMark = true; }
    void setTrend(const Trend &trend);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void showValue();
    int widthFor(int least) const;

    QString m_title;
    QString m_figure;
    bool m_keepsMark = false;
    StateDot *m_dot;
    QLabel *m_value;
    QLabel *m_remark;
    TrendLine *m_trend;
};

} // namespace warder
