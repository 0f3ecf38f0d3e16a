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

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int heightNow() const;

    QString m_title;
    StateDot *m_dot;
    QLabel *m_value;
    QLabel *m_remark;
};

} // namespace warder
