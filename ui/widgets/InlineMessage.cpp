#include "ui/widgets/InlineMessage.h"

#include "ui/support/Icons.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace warder {

InlineMessage::InlineMessage(QWidget *parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_text(new QLabel(this)), m_action(new QPushButton(this)), m_close(new QToolButton(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(m_text, 1);
    row->addWidget(m_action, 0, Qt::AlignVCenter);
    m_close->setIcon(icon(u"close"_s));
    m_close->setAutoRaise(true);
    m_close->setFocusPolicy(Qt::StrongFocus);
    //: Button that hides a message.
    m_close->setToolTip(tr("Dismiss"));
    //: Name, for screen readers, of the button that hides a message.
    m_close->setAccessibleName(tr("Dismiss message"));
    row->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &InlineMessage::clear);
    connect(m_action, &QPushButton::clicked, this, [this] {
        const auto action = m_onAction;
        clear();
        if (action)
            action();
    });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    hide();
}

void InlineMessage::say(Tone tone, const QString &text) { say(tone, text, {}, {}); }

void InlineMessage::say(Tone tone, const QString &text, const QString &action, std::function<void()> onAction)
{
    m_tone = tone;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_onAction = std::move(onAction);
    const QString name = tone == Tone::Good ? u"done"_s : tone == Tone::Bad || tone == Tone::Warning ? u"alert"_s : u"info"_s;
    m_icon->setPixmap(icon(name, colourOf(tone, palette())).pixmap(QSize(18, 18), devicePixelRatioF()));
    setAccessibleName(text);
    show();
    QAccessibleEvent heard(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&heard);
}

void InlineMessage::clear()
{
    hide();
    m_text->clear();
    m_onAction = {};
}

QString InlineMessage::text() const { return m_text->text(); }

void InlineMessage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        clear();
    else
        QFrame::keyPressEvent(event);
}

void InlineMessage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor tone = colourOf(m_tone, palette());
    painter.setBrush(mixed(tone, surface(palette()), 0.10));
    painter.setPen(QPen(mixed(tone, surface(palette()), 0.45), 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace warder
