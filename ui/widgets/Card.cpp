#include "ui/widgets/Card.h"

#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/StateDot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

Card::Card(const QString &title, QWidget *parent)
    : QAbstractButton(parent), m_title(title), m_dot(new StateDot(this)), m_value(titleLabel(u"–"_s, this)),
      m_remark(quietLabel(u" "_s, this))
{
    setAccessibleName(title);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(16, 12, 16, 12);
    all->setSpacing(3);
    auto *head = new QHBoxLayout;
    auto *name = quietLabel(title, this);
    head->addWidget(name, 1);
    head->addWidget(m_dot, 0, Qt::AlignTop);
    m_dot->hide();
    all->addLayout(head);
    all->addWidget(m_value);
    all->addWidget(m_remark);
    all->addStretch();
    for (QLabel *label : {name, m_value, m_remark})
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
}

void Card::setFigure(const QString &value, const QString &remark, Tone tone)
{
    m_dot->setTone(tone);
    m_dot->setVisible(tone != Tone::Neutral);
    if (m_value->text() == value && m_remark->text() == remark)
        return;
    m_value->setText(value);
    m_remark->setText(remark);
    setAccessibleName(u"%1: %2"_s.arg(m_title, value));
    setAccessibleDescription(remark);
    updateGeometry();
}

void Card::setMark(Tone tone)
{
    m_dot->setTone(tone);
    m_dot->show();
}

int Card::heightForWidth(int width) const { return layout()->totalHeightForWidth(width); }

QSize Card::sizeHint() const
{
    const int width = qMax(150, m_value->sizeHint().width() + 34);
    return {width, heightForWidth(width)};
}

QSize Card::minimumSizeHint() const
{
    const int width = qMax(124, m_value->sizeHint().width() + 34);
    return {width, heightForWidth(width)};
}

void Card::paintEvent(QPaintEvent *) { paintSurface(this, underMouse() || hasFocus()); }

} // namespace warder
