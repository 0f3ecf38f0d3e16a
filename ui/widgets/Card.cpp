#include "ui/widgets/Card.h"

#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/StateDot.h"
#include "ui/widgets/TrendLine.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

Card::Card(const QString &title, QWidget *parent)
    : QAbstractButton(parent), m_title(title), m_dot(new StateDot(this)), m_value(figureLabel(u"–"_s, this)),
      m_remark(quietLabel(u" "_s, this)), m_trend(new TrendLine(this))
{
    setAccessibleName(title);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::medium, Space::small, Space::medium, Space::small);
    all->setSpacing(Space::narrow);
    m_value->setMinimumWidth(1);
    m_value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *head = new QHBoxLayout;
    auto *name = quietLabel(title, this);
    head->addWidget(name, 1);
    head->addWidget(m_dot, 0, Qt::AlignTop);
    m_dot->hide();
    all->addLayout(head);
    all->addWidget(m_value);
    all->addWidget(m_remark);
    all->addStretch();
    all->addWidget(m_trend);
    for (QLabel *label : {name, m_value, m_remark})
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    new FocusRing(this);
}

void Card::setFigure(const QString &value, const QString &remark, Tone tone)
{
    m_dot->setTone(tone);
    m_dot->setVisible(m_keepsMark || tone != Tone::Neutral);
    if (m_figure == value && m_remark->text() == remark)
        return;
    m_figure = value;
    showValue();
    m_remark->setText(remark);
    setAccessibleName(UiTexts::named(m_title, value));
    setAccessibleDescription(remark);
    updateGeometry();
}

void Card::setTrend(const Trend &trend) { m_trend->setTrend(trend); }

/// A word, such as a state, may be longer than a narrow card.
void Card::showValue()
{
    const QMargins around = layout()->contentsMargins();
    const QString fitting = m_value->fontMetrics().elidedText(m_figure, Qt::ElideRight, width() - around.left() - around.right());
    m_value->setText(fitting);
    m_value->setToolTip(fitting == m_figure ? QString() : m_figure);
}

int Card::widthFor(int least) const
{
    constexpr int longestNumber = 132;
    constexpr int longestWord = 180; // of the remark, which is not broken within words
    const int around = layout()->contentsMargins().left() + layout()->contentsMargins().right();
    return qMax(qMax(least, qMin(longestWord, m_remark->minimumSizeHint().width() + around)),
                qMin(longestNumber, m_value->fontMetrics().horizontalAdvance(m_figure) + around));
}

void Card::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    showValue();
}

int Card::heightForWidth(int width) const { return layout()->totalHeightForWidth(width); }

QSize Card::sizeHint() const
{
    const int width = qMax(150, m_value->fontMetrics().horizontalAdvance(m_figure) + 34);
    return {width, heightForWidth(width)};
}

QSize Card::minimumSizeHint() const
{
    const int width = qMax(widthFor(96), m_trend->minimumSizeHint().width() + layout()->contentsMargins().left() * 2);
    return {width, heightForWidth(width)};
}

void Card::paintEvent(QPaintEvent *) { paintSurface(this, underMouse() || hasFocus()); }

} // namespace warder
