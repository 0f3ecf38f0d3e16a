#include "ui/widgets/ResultLine.h"

#include "ui/support/Space.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateDot.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

ResultLine::ResultLine(QWidget *parent) : QWidget(parent), m_dot(new StateDot(this)), m_text(textLabel({}, this))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Space::small);
    line->addLayout(besideFirstLine(m_dot));
    m_text->setObjectName(u"result"_s);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line->addWidget(m_text, 1);
}

void ResultLine::setOrder(QWidget &button)
{
    m_order = &button;
    button.setAccessibleDescription(m_text->text());
}

void ResultLine::say(Tone tone, const QString &text)
{
    m_dot->setTone(tone);
    m_dot->setVisible(!text.isEmpty());
    m_text->setText(text);
    if (m_order)
        m_order->setAccessibleDescription(text);
    if (!isVisible() || text.isEmpty())
        return;
    QAccessibleEvent heard(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&heard);
}

} // namespace warder
