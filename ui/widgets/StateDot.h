#pragma once

#include "ui/support/Tone.h"

#include <QWidget>

#include <optional>

class QPainter;
class QVBoxLayout;

namespace warder {

/// A small coloured mark beside a word that says the same: a disc, a half-filled one, a triangle, a square or a ring, so that colour
/// is never alone; of a plot a square as its area is filled, or dashes as its line is.
class StateDot final : public QWidget
{
    Q_OBJECT
public:
    explicit StateDot(QWidget *parent = nullptr);
    void setTone(Tone tone);
    void setPlot(Plot plot);

    QSize sizeHint() const override { return {12, 12}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Neutral;
    std::optional<Plot> m_plot;
};

/// Has the mark beside the first line of the words at its right, however many lines they have.
QVBoxLayout *besideFirstLine(StateDot *dot);

/// The mark of a tone, for whoever paints it elsewhere.
void paintMark(QPainter &painter, const QRectF &place, Tone tone, const QColor &colour);

} // namespace warder
