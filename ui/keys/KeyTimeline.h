#pragma once

#include "core/console/orders/Keys.h"

#include <QWidget>

namespace warder {

/// The lives of the keys as bars, a lane for each purpose: signing solid, verifying only light, signing next in outline, revoked hatched.
/// Time is denser the further it is from now, so that fifteen minutes and ninety days can both be seen. GUI thread.
class KeyTimeline final : public QWidget
{
    Q_OBJECT
public:
    explicit KeyTimeline(QWidget *parent);

    /// The important ones first; those that find no room in their lane are counted beside it.
    void present(const QList<KeyView> &keys, TimePoint now);

    /// What the bar there says of its key; empty where there is none.
    QString tipAt(const QPointF &place) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Bar
    {
        KeyView key;
        double from = 0;
        double signsUntil = 0;
        double to = 0;
        QRectF label = {}; ///< Where the beginning of the key's id stands.
        int row = 0;       ///< From the top.

        double left() const { return qMin(from, label.left()); }
        double right() const { return qMax(to, label.right()); }
    };
    struct Lane
    {
        KeyPurpose purpose;
        int row;  ///< Its first.
        int rows; ///< So many.
        int more; ///< Keys without a bar.
    };
    enum class Side { Past, Future };

    void arrange();
    void measure();
    void addLane(KeyPurpose purpose);
    bool findRow(Bar &bar, const Lane &lane) const;
    Bar barOf(const KeyView &key) const;
    QRectF labelOf(const Bar &bar) const;
    std::optional<TimePoint> rotationOf(KeyPurpose purpose) const;
    double xOf(TimePoint time) const;
    double edge() const { return width() - 2; }
    int labelWidth() const;
    int rowHeight() const;
    QRectF placeOf(const Bar &bar, double from, double to) const;

    void paintLanes(QPainter &painter) const;
    void paintBar(QPainter &painter, const Bar &bar) const;
    void paintLabel(QPainter &painter, const Bar &bar) const;
    void paintRotation(QPainter &painter, const Bar &bar) const;
    void paintAxis(QPainter &painter) const;

    QList<KeyView> m_keys;
    QList<Bar> m_bars;
    QList<Lane> m_lanes;
    TimePoint m_now;
    double m_past = 1;   ///< How far the axis goes back, on its own scale.
    double m_future = 1; ///< How far it goes on.
    double m_zero = 0;   ///< Where now is.
    double m_last = 0;   ///< Where the last moment is that is known.
};

} // namespace warder
