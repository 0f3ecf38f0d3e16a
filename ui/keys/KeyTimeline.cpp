#include "ui/keys/KeyTimeline.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

constexpr int barHeight = 16;
constexpr int gap = 12;
constexpr int mostKeys = 6;

} // namespace

KeyTimeline::KeyTimeline(QWidget *parent) : QWidget(parent)
{
    //: Name, for screen readers, of a picture: when which key signs and verifies. The table below says the same.
    setAccessibleName(tr("Timeline of the keys"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void KeyTimeline::present(const QList<KeyView> &keys, TimePoint now)
{
    m_keys = keys.first(qMin<qsizetype>(keys.size(), mostKeys));
    std::ranges::stable_sort(m_keys, {}, &KeyView::purpose);
    m_now = now;
    TimePoint first = now - std::chrono::minutes {10};
    TimePoint last = now;
    for (const KeyView &key : std::as_const(m_keys)) {
        first = qMin(first, key.activatedAt.value_or(key.createdAt));
        last = qMax(last, key.verifyUntil.value_or(now));
    }
    // Room at the right for what still signs, and never so much past that the future is a sliver.
    const Milliseconds future = qMax<Milliseconds>((last - now) * 5 / 4, (now - first) / 8);
    m_to = now + future;
    m_from = qMax(first, now - future * 9);
    updateGeometry();
    update();
}

QSize KeyTimeline::sizeHint() const { return {400, int(qMax<qsizetype>(1, m_keys.size())) * rowHeight() + fontMetrics().height() + 8}; }

int KeyTimeline::rowHeight() const { return qMax(barHeight, fontMetrics().height()) + 10; }

int KeyTimeline::labelWidth() const
{
    int widest = 0;
    for (const KeyView &key : m_keys)
        widest = qMax(widest, fontMetrics().horizontalAdvance(UiTexts::keyPurpose(key.purpose)));
    return widest + 18;
}

double KeyTimeline::xOf(TimePoint time) const
{
    const double share = double((time - m_from).count()) / double(qMax<qint64>(1, (m_to - m_from).count()));
    return labelWidth() + qBound(0.0, share, 1.0) * (width() - labelWidth() - 2);
}

void KeyTimeline::paintKey(QPainter &painter, const KeyView &key, int top) const
{
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(0, top, labelWidth() - 12, rowHeight()), Qt::AlignVCenter | Qt::AlignLeft, UiTexts::keyPurpose(key.purpose));
    const double from = xOf(key.activatedAt.value_or(key.createdAt));
    const double signedUntil = xOf(key.retiredAt.value_or(key.state == KeyState::Current ? m_to : m_now));
    const double y = top + (rowHeight() - barHeight) / 2.0;
    painter.setPen(Qt::NoPen);
    const bool revoked = key.state == KeyState::Revoked;
    if (!key.activatedAt && !revoked) { // it stands by: known to others, used by nobody
        painter.setPen(QPen(colourOf(Tone::Neutral, palette()), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(from, y + 0.5, qMax(3.0, xOf(m_to) - from), barHeight - 1), 4, 4);
        return;
    }
    painter.setBrush(revoked ? colourOf(Tone::Neutral, palette()) : colourOf(Tone::Good, palette()));
    painter.drawRoundedRect(QRectF(from, y, qMax(3.0, signedUntil - from), barHeight), 4, 4);
    if (!key.verifyUntil || !key.retiredAt || revoked)
        return;
    QColor fill = colourOf(Tone::Info, palette());
    painter.setPen(QPen(fill, 1));
    fill.setAlphaF(0.25F);
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(signedUntil + 1, y + 0.5, qMax(3.0, xOf(*key.verifyUntil) - signedUntil - 1), barHeight - 1), 4, 4);
}

void KeyTimeline::paintNow(QPainter &painter) const
{
    const double x = xOf(m_now);
    const int bottom = height() - fontMetrics().height() - 4;
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1.5));
    painter.drawLine(QPointF(x, 0), QPointF(x, bottom));
    const QRectF below(0, bottom + 2, width(), fontMetrics().height() + 2);
    const auto placed = [&](double at, const QString &text) {
        const double half = fontMetrics().horizontalAdvance(text) / 2.0 + 1;
        const double middle = qBound(labelWidth() + half, at, width() - half);
        return QRectF(middle - half, below.top(), half * 2, below.height());
    };
    //: Below a line of time: this moment.
    const QString moment = tr("now");
    const QRectF taken = placed(x, moment).adjusted(-gap, 0, gap, 0);
    painter.drawText(placed(x, moment), Qt::AlignCenter, moment);
    painter.setPen(quietText(palette()));
    for (const auto &[at, text] :
         {std::pair<double, QString>(labelWidth(), Times::ago(m_from, m_now)), {width(), Times::until(m_to, m_now)}}) {
        if (const QRectF end = placed(at, text); !end.intersects(taken))
            painter.drawText(end, Qt::AlignCenter, text);
    }
}

void KeyTimeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < m_keys.size(); ++i)
        paintKey(painter, m_keys[i], i * rowHeight());
    if (!m_keys.isEmpty())
        paintNow(painter);
}

} // namespace warder
