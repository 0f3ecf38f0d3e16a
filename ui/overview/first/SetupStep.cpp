#include "ui/overview/first/SetupStep.h"

#include "ui/support/Space.h"
#include "ui/widgets/Labels.h"

#include <QLabel>
#include <QVBoxLayout>

namespace warder {

SetupStep::SetupStep(const QString &title, const QString &text, QWidget *parent)
    : QWidget(parent), m_title(title), m_body(new QVBoxLayout(this))
{
    m_body->setContentsMargins(0, 0, Space::narrow, 0);
    m_body->setSpacing(Space::small);
    QLabel *heading = headingLabel(title, this);
    heading->setWordWrap(true);
    m_body->addWidget(heading);
    m_body->addWidget(quietLabel(text, this));
}

void SetupStep::setSending(bool isSending)
{
    m_isSending = isSending;
    Q_EMIT changed();
}

} // namespace warder
