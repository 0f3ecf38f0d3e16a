#include "ui/keys/KeyTimeline.h"

#include "ui/keys/KeyTexts.h"
#include "ui/support/SpokenRole.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTextDocument>
#include <QToolTip>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {

namespace {

constexpr int gap = 8;
constexpr int mostRows = 3; // of a lane
constexpr int mark = 10;    // beside a rotation
constexpr double leastBar = 4;

/// How far away a time is drawn: a minute counts much beside now and nothing beside a month.
double scaled(Milliseconds span) { return std::log1p(double(std::abs(span.count())) / 60'000); }

QString beginning(const KeyView &key) { return key.kid.left(6); }

} // namespace

KeyTimeline::KeyTimeline(QWidget *parent) : QWidget(parent)
{
    setSpokenRole(this, QAccessible::Graphic);
    //: Name, for screen readers, of a picture: when which key signs and verifies. The table below says the same.
    setAccessibleName(tr("Timeline of the keys"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void KeyTimeline::present(const QList<KeyView> &keys, TimePoint now)
{
    m_keys = keys;
    m_now = now;
    QStringList lives;
    for (const KeyView &key : keys)
        lives += KeyTexts::life(key);
    if (const QString all = lives.join(u'\n'); all != accessibleDescription()) // or screen readers would hear of it each second
        setAccessibleDescription(all);
    arrange();
}

void KeyTimeline::resizeEvent(QResizeEvent *) { arrange(); }

void KeyTimeline::arrange()
{
    const int before = sizeHint().height();
    m_bars.clear();
    m_lanes.clear();
    measure();
    for (size_t purpose = 0; purpose < namesOf<KeyPurpose>.size(); ++purpose)
        addLane(KeyPurpose(purpose));
    if (sizeHint().height() != before)
        updateGeometry();
    update();
}

void KeyTimeline::measure()
{
    Milliseconds past = 15min;
    Milliseconds future = 15min;
    bool isNextShown = false;
    for (const KeyView &key : std::as_const(m_keys)) {
        const TimePoint begin = key.activatedAt.value_or(key.createdAt);
        past = qMax(past, m_now - begin);
        future = qMax(future, begin - m_now); // the clock was set back
        for (const auto &time : {key.retiredAt, key.verifyUntil, key.rotatesAt})
            future = qMax(future, time.value_or(m_now) - m_now);
        isNextShown |= key.state == KeyState::Standby;
    }
    m_past = scaled(past);
    m_future = scaled(future);
    // Whatever signs next does so after the last moment that is known: there must be room for its id.
    const int room = mark + (isNextShown ? fontMetrics().horizontalAdvance(u"WWWWWW"_s) + gap : 0);
    m_last = edge() - room;
    m_zero = labelWidth() + (m_last - labelWidth()) * qBound(0.3, m_past / (m_past + m_future), 0.7);
}

void KeyTimeline::addLane(KeyPurpose purpose)
{
    Lane lane {.purpose = purpose, .row = m_lanes.isEmpty() ? 0 : m_lanes.last().row + m_lanes.last().rows, .rows = 0, .more = 0};
    for (const KeyView &key : std::as_const(m_keys)) {
        if (key.purpose != purpose)
            continue;
        Bar bar = barOf(key);
        if (!findRow(bar, lane)) {
            ++lane.more;
            continue;
        }
        lane.rows = qMax(lane.rows, bar.row - lane.row + 1);
        m_bars += bar;
    }
    if (lane.rows > 0)
        m_lanes += lane;
}

bool KeyTimeline::findRow(Bar &bar, const Lane &lane) const
{
    for (bar.row = lane.row; bar.row < lane.row + mostRows; ++bar.row) {
        const auto isInTheWay = [&bar](const Bar &other) {
            return other.row == bar.row && other.left() < bar.right() + gap / 2.0 && bar.left() < other.right() + gap / 2.0;
        };
        if (std::ranges::none_of(m_bars, isInTheWay))
            return true;
    }
    return false;
}

std::optional<TimePoint> KeyTimeline::rotationOf(KeyPurpose purpose) const
{
    const auto signs = [purpose](const KeyView &key) { return key.purpose == purpose && key.state == KeyState::Current; };
    const auto current = std::ranges::find_if(m_keys, signs);
    return current == m_keys.end() ? std::nullopt : current->rotatesAt;
}

KeyTimeline::Bar KeyTimeline::barOf(const KeyView &key) const
{
    Bar bar {.key = key, .from = xOf(key.activatedAt.value_or(key.createdAt))};
    switch (key.state) {
    case KeyState::Standby:
        bar.from = qMax(m_zero, rotationOf(key.purpose) ? xOf(*rotationOf(key.purpose)) + mark : m_zero);
        bar.signsUntil = bar.to = edge();
        break;
    case KeyState::Current: bar.signsUntil = bar.to = key.rotatesAt ? qMax(m_zero, xOf(*key.rotatesAt)) : edge(); break;
    case KeyState::Retiring:
        bar.signsUntil = key.purpose == KeyPurpose::Former ? bar.from : xOf(key.retiredAt.value_or(m_now));
        bar.to = xOf(key.verifyUntil.value_or(m_now));
        break;
    case KeyState::Revoked: bar.signsUntil = bar.to = key.retiredAt ? xOf(*key.retiredAt) : bar.from; break;
    }
    if (key.purpose != KeyPurpose::Former)
        bar.signsUntil = qMax(bar.signsUntil, bar.from + leastBar);
    bar.to = qMax(bar.to, qMax(bar.signsUntil, bar.from + leastBar));
    bar.label = labelOf(bar);
    return bar;
}

/// In the solid part, else in the light one, else behind both, or before them at the edge; not across now, where there is room beside it.
QRectF KeyTimeline::labelOf(const Bar &bar) const
{
    const double wide = fontMetrics().horizontalAdvance(beginning(bar.key)) + 2;
    const auto at = [wide](double x) { return QRectF(x, 0, wide, 1); };
    const auto within = [&](double from, double to) {
        const double left = from + gap / 2.0;
        const bool isCrossed = left < m_zero && m_zero < left + wide;
        return at(isCrossed && m_zero + wide + gap <= to ? m_zero + gap / 2.0 : left);
    };
    if (bar.signsUntil - bar.from >= wide + gap)
        return within(bar.from, bar.signsUntil);
    if (bar.to - bar.signsUntil >= wide + gap)
        return within(bar.signsUntil, bar.to);
    return bar.to + wide + gap / 2.0 <= edge() ? at(bar.to + gap / 2.0) : at(bar.from - gap / 2.0 - wide);
}

QSize KeyTimeline::sizeHint() const
{
    const int rows = m_lanes.isEmpty() ? int(signingPurposes.size()) : m_lanes.last().row + m_lanes.last().rows;
    return {400, rows * rowHeight() + gap * int(qMax<qsizetype>(1, m_lanes.size())) + fontMetrics().height() + 4};
}

int KeyTimeline::rowHeight() const { return fontMetrics().height() + 5; }

int KeyTimeline::labelWidth() const
{
    int widest = 0;
    for (const KeyView &key : m_keys)
        widest = qMax(widest, fontMetrics().horizontalAdvance(UiTexts::keyPurpose(key.purpose)));
    return widest + 18;
}

double KeyTimeline::xOf(TimePoint time) const
{
    const bool isPast = time < m_now;
    const double share = scaled(time - m_now) / (isPast ? m_past : m_future);
    return isPast ? m_zero - share * (m_zero - labelWidth()) : m_zero + share * (m_last - m_zero);
}

QRectF KeyTimeline::placeOf(const Bar &bar, double from, double to) const
{
    const auto lane = std::ranges::find(m_lanes, bar.key.purpose, &Lane::purpose);
    const double top = bar.row * rowHeight() + (lane - m_lanes.begin()) * gap;
    return {from, top + 1.5, to - from, rowHeight() - 3.0};
}

QString KeyTimeline::tipAt(const QPointF &place) const
{
    const auto isThere = [&](const Bar &bar) { return placeOf(bar, bar.left(), bar.right()).contains(place); };
    const auto bar = std::ranges::find_if(m_bars, isThere);
    return bar == m_bars.end() ? QString() : KeyTexts::life(bar->key);
}

bool KeyTimeline::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString tip = tipAt(help->pos());
    QToolTip::showText(help->globalPos(), tip.isEmpty() ? QString() : Qt::convertFromPlainText(UiTexts::breakable(tip, 60)), this);
    return true;
}

void KeyTimeline::paintBar(QPainter &painter, const Bar &bar) const
{
    const auto draw = [&](double from, double to, const QPen &pen, const QBrush &brush) {
        painter.setPen(pen);
        painter.setBrush(brush);
        painter.drawRoundedRect(placeOf(bar, from, to).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    };
    const QColor neutral = colourOf(Tone::Neutral, palette());
    switch (bar.key.state) {
    case KeyState::Standby: return draw(bar.from, bar.to, QPen(neutral, 1), Qt::NoBrush);
    case KeyState::Revoked:
        return draw(bar.from, bar.to, QPen(neutral, 1), QBrush(mixed(neutral, surface(palette()), 0.4), Qt::BDiagPattern));
    case KeyState::Current:
    case KeyState::Retiring: break;
    }
    if (bar.from < bar.signsUntil)
        draw(bar.from, bar.signsUntil, Qt::NoPen, colourOf(Tone::Good, palette()));
    if (bar.to <= bar.signsUntil)
        return;
    QColor fill = colourOf(Tone::Info, palette());
    fill.setAlphaF(0.22F);
    draw(bar.signsUntil, bar.to, QPen(colourOf(Tone::Info, palette()), 1), fill);
}

void KeyTimeline::paintLabel(QPainter &painter, const Bar &bar) const
{
    const bool isRevoked = bar.key.state == KeyState::Revoked;
    const bool isSolid =
        !isRevoked && bar.key.state != KeyState::Standby && bar.label.right() <= bar.signsUntil && bar.label.left() >= bar.from;
    QFont font = painter.font();
    font.setStrikeOut(isRevoked);
    painter.setFont(font);
    QRectF place = placeOf(bar, bar.label.left(), bar.label.right());
    painter.setPen(isSolid ? surface(palette()) : palette().color(QPalette::WindowText));
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, beginning(bar.key));
    font.setStrikeOut(false);
    painter.setFont(font);
}

/// A diamond where another key takes over.
void KeyTimeline::paintRotation(QPainter &painter, const Bar &bar) const
{
    if (bar.key.state != KeyState::Current || !bar.key.rotatesAt)
        return;
    const QRectF place = placeOf(bar, bar.to, bar.to);
    const double half = place.height() / 2 - 2;
    const QPointF middle(bar.to, place.center().y());
    painter.setPen(QPen(surface(palette()), 1.5));
    painter.setBrush(palette().color(QPalette::WindowText));
    painter.drawPolygon(
        QPolygonF {middle + QPointF(0, -half), middle + QPointF(half, 0), middle + QPointF(0, half), middle + QPointF(-half, 0)});
}

void KeyTimeline::paintLanes(QPainter &painter) const
{
    for (qsizetype i = 0; i < m_lanes.size(); ++i) {
        const Lane &lane = m_lanes[i];
        const double top = lane.row * rowHeight() + double(i) * gap;
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRectF(0, top, labelWidth() - 12, rowHeight()), Qt::AlignVCenter | Qt::AlignLeft,
                         UiTexts::keyPurpose(lane.purpose));
        painter.setPen(quietText(palette()));
        if (lane.more > 0 && lane.rows > 1)
            //: Below the name of a lane of bars: how many keys find no room there; the table below the picture has them.
            painter.drawText(QRectF(0, top + rowHeight(), labelWidth() - 12, rowHeight()), Qt::AlignVCenter | Qt::AlignLeft,
                             tr("and %Ln more", nullptr, lane.more));
        if (i > 0) {
            painter.setPen(hairline(palette()));
            painter.drawLine(QPointF(0, top - gap / 2.0), QPointF(width(), top - gap / 2.0));
        }
    }
}

void KeyTimeline::paintAxis(QPainter &painter) const
{
    const double bottom = height() - fontMetrics().height() - 4;
    QList<QRectF> taken;
    const auto tick = [&](double x, const QString &text, const QColor &line, const QColor &words) {
        const double half = fontMetrics().horizontalAdvance(text) / 2.0 + 1;
        const double middle = qBound(labelWidth() + half, x, width() - half);
        const QRectF place(middle - half, bottom + 3, half * 2, fontMetrics().height());
        const auto collides = [&place](const QRectF &other) { return other.adjusted(-gap, 0, gap, 0).intersects(place); };
        if (std::abs(middle - x) > gap || std::ranges::any_of(taken, collides))
            return;
        taken += place;
        painter.setPen(QPen(line, 1));
        painter.drawLine(QPointF(x, 0), QPointF(x, bottom));
        painter.setPen(words);
        painter.drawText(place, Qt::AlignCenter, text);
    };
    //: Below a line of time: this moment.
    tick(m_zero, tr("now"), palette().color(QPalette::WindowText), palette().color(QPalette::WindowText));
    for (const Milliseconds span : std::initializer_list<Milliseconds> {15min, 1h, 6h, 24h, 7 * 24h, 30 * 24h, 90 * 24h, 365 * 24h}) {
        if (scaled(span) <= m_past)
            tick(xOf(m_now - span), Times::lasting(span), hairline(palette()), quietText(palette()));
        if (scaled(span) <= m_future)
            tick(xOf(m_now + span), Times::lasting(span), hairline(palette()), quietText(palette()));
    }
}

void KeyTimeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLanes(painter);
    if (!m_keys.isEmpty())
        paintAxis(painter);
    for (const Bar &bar : m_bars)
        paintBar(painter, bar);
    if (!m_bars.isEmpty()) {
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1.5));
        painter.drawLine(QPointF(m_zero, 0), QPointF(m_zero, height() - fontMetrics().height() - 4));
    }
    for (const Bar &bar : m_bars) {
        paintLabel(painter, bar);
        paintRotation(painter, bar);
    }
}

} // namespace warder
