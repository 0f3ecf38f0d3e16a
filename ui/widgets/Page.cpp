#include "ui/widgets/Page.h"

#include "ui/support/Words.h"
#include "ui/widgets/InlineMessage.h"
#include "ui/widgets/Type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace std::chrono_literals;

namespace warder {

Page::Page(const Desk &desk, const QString &title, const QString &subtitle, QWidget *parent)
    : QWidget(parent), m_desk(desk), m_title(titleLabel(title, this)), m_actions(new QHBoxLayout), m_notice(new InlineMessage(this)),
      m_body(new QVBoxLayout)
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(24, 18, 24, 16);
    all->setSpacing(12);
    auto *head = new QHBoxLayout;
    head->setSpacing(16);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(quietLabel(subtitle, this));
    head->addLayout(words, 1);
    m_actions->setSpacing(8);
    head->addLayout(m_actions);
    all->addLayout(head);
    all->addWidget(m_notice);
    m_body->setSpacing(12);
    all->addLayout(m_body, 1);
    connect(&m_beat, &QTimer::timeout, this, [this] { beat(); });
}

QString Page::title() const
{
    return m_title->text();
}

void Page::addControl(QWidget *control)
{
    m_actions->addWidget(control, 0, Qt::AlignBottom);
}

void Page::showError(const Error &error)
{
    m_notice->say(Tone::Bad, Words::of(error));
}

void Page::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_beat.start(1s);
    if (!m_shownBefore)
        refresh();
    m_shownBefore = true;
}

void Page::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_beat.stop();
}

} // namespace warder
