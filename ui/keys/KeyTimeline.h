#pragma once

#include "core/console/orders/Keys.h"

#include <QWidget>

namespace warder {

/// The lives of the keys as bars on a common line of time: signing solid, verifying only light, now as an upright line.
class KeyTimeline final : public QWidget
{
    Q_OBJECT
public:
    explicit KeyTimeline(QWidget *parent);

    void present(const QList<KeyView> &keys, TimePoint now);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double xOf(TimePoint time) const;
    int labelWidth() const;
    int rowHeight() const;
    void paintKey(QPainter &painter, const KeyView &key, int top) const;
    void paintNow(QPainter &painter) const;

    QList<KeyView> m_keys;
    TimePoint m_now;
    TimePoint m_from;
    TimePoint m_to;
};

} // namespace warder
