#pragma once

#include "ui/support/Tone.h"

#include <QWidget>

#include <optional>

namespace warder {

/// A small coloured disc beside a word that says the same.
class StateDot final : public QWidget
{
    Q_OBJECT
public:
    explicit StateDot(QWidget *parent = nullptr);
    void setTone(Tone tone);
    void setPlot(Plot plot);

    QSize sizeHint() const override { return {10, 10}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Neutral;
    std::optional<Plot> m_plot;
};

} // namespace warder
