#pragma once

#include "ui/support/Tone.h"

#include <QAbstractButton>

class QLabel;

namespace warder {

class StateDot;

/// One number of the overview, large, with what it counts above and a remark below; a button that opens the page which says
/// more.
class Card final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit Card(const QString &title, QWidget *parent = nullptr);

    void setFigure(const QString &value, const QString &remark, Tone tone = Tone::Neutral);
    /// The mark of a state, which stands there whatever the tone.
    void setMark(Tone tone);

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
    StateDot *m_dot;
    QLabel *m_value;
    QLabel *m_remark;
};

} // namespace warder
