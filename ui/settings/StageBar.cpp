#include "ui/settings/StageBar.h"

#include "ui/settings/SettingTexts.h"
#include "ui/settings/SettingsDraft.h"
#include "ui/support/Space.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder {

StageBar::StageBar(QWidget *parent)
    : QFrame(parent), m_text(strongLabel({}, this)),
      //: Button: shows what was changed, before it is applied.
      m_preview(new QPushButton(tr("&Preview…"), this)),
      //: Button: forgets what was changed and not applied yet, after a question.
      m_discard(new QPushButton(tr("&Discard…"), this)),
      //: Button: stores what was changed, and puts it in force.
      m_apply(new QPushButton(tr("&Apply"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::large, Space::small, Space::small, Space::small);
    row->setSpacing(Space::small);
    m_text->setObjectName(u"staged"_s);
    row->addWidget(m_text, 1);
    for (QPushButton *button : {m_preview, m_discard, m_apply}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    //: Tool tip of the button that applies changes of settings.
    m_apply->setToolTip(tr("Store the changes, and put them in force (Ctrl+S)"));
    ButtonAction::of(*m_apply)->setKey(QKeySequence::Save);
    connect(m_preview, &QPushButton::clicked, this, &StageBar::previewWanted);
    connect(m_discard, &QPushButton::clicked, this, &StageBar::discardWanted);
    connect(m_apply, &QPushButton::clicked, this, &StageBar::applyWanted);
}

void StageBar::present(const SettingsDraft &draft, bool isApplying)
{
    //: At the bottom of the settings, while changes are on their way to the server.
    m_text->setText(isApplying ? tr("Applying…") : SettingTexts::changes(draft));
    for (QPushButton *button : {m_preview, m_discard, m_apply})
        button->setEnabled(!isApplying && !draft.isEmpty());
}

void StageBar::paintEvent(QPaintEvent *) { paintSurface(this, false); }

} // namespace warder
