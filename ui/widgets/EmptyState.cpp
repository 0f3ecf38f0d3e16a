#include "ui/widgets/EmptyState.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/Icons.h"
#include "ui/support/Space.h"
#include "ui/support/SpokenRole.h"
#include "ui/support/Tone.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace warder {

EmptyState::EmptyState(const QString &iconName, QWidget *parent)
    : QWidget(parent), m_title(headingLabel({}, this)), m_text(quietLabel({}, this)),
      //: What is copied: a command line for a terminal.
      m_command(new CopyField(tr("Command"), this)), m_action(new QPushButton(this)), m_choices(new QVBoxLayout)
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::wide, Space::large, Space::wide, Space::large);
    all->setSpacing(Space::small);
    all->addStretch(2);
    auto *picture = new QLabel(this);
    makeDecoration(picture);
    picture->setAlignment(Qt::AlignCenter);
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_command->setMaximumWidth(620);
    for (QLabel *label : {picture, m_title, m_text})
        all->addWidget(label);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_command, 12);
    row->addStretch(1);
    all->addSpacing(Space::narrow);
    all->addLayout(row);
    m_choices->setSpacing(Space::small);
    all->addLayout(m_choices);
    all->addWidget(m_action, 0, Qt::AlignHCenter);
    all->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::acted);
    followPalette(this, [this, picture, iconName] {
        const QColor faint = mixed(palette().color(QPalette::WindowText), surface(palette()), 0.45);
        picture->setPixmap(icon(iconName, faint).pixmap(QSize(40, 40), devicePixelRatioF()));
    });
}

void EmptyState::present(const QString &title, const QString &text, const QString &command, const QString &action)
{
    m_title->setText(title);
    m_text->setText(text);
    m_command->setText(command);
    m_command->setVisible(!command.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
}

void EmptyState::offer(const QStringList &choices)
{
    while (m_buttons.size() < choices.size()) {
        auto *button = new QPushButton(this);
        connect(button, &QPushButton::clicked, this, [this, choice = int(m_buttons.size())] { Q_EMIT offered(choice); });
        m_choices->addWidget(button, 0, Qt::AlignHCenter);
        m_buttons += button;
    }
    for (qsizetype choice = 0; choice < m_buttons.size(); ++choice) {
        if (choice < choices.size())
            m_buttons[choice]->setText(UiTexts::inLabel(choices[choice]));
        m_buttons[choice]->setVisible(choice < choices.size());
    }
}

} // namespace warder
