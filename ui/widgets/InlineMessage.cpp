#include "ui/widgets/InlineMessage.h"

#include "ui/support/Icons.h"
#include "ui/support/Space.h"
#include "ui/support/SpokenRole.h"
#include "ui/widgets/CloseButton.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace warder {

InlineMessage::InlineMessage(QWidget *parent) : QFrame(parent), m_icon(new QLabel(this)), m_text(textLabel({}, this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::medium, Space::small, Space::small, Space::small);
    row->setSpacing(Space::small);
    makeDecoration(m_icon);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(m_text, 1);
    QToolButton *close = closeButton(this);
    row->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    hide();
}

void InlineMessage::showMessage(const QString &text)
{
    m_text->setText(text);
    m_icon->setPixmap(icon(u"alert"_s, colourOf(Tone::Bad, palette())).pixmap(QSize(18, 18), devicePixelRatioF()));
    setAccessibleName(text);
    show();
    QAccessibleEvent heard(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&heard);
}

void InlineMessage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QFrame::keyPressEvent(event);
}

void InlineMessage::paintEvent(QPaintEvent *) { paintMessage(this, Tone::Bad); }

} // namespace warder
