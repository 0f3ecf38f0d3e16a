#include "ui/settings/SettingsPreview.h"

#include "ui/settings/SettingNow.h"
#include "ui/settings/SettingTexts.h"
#include "ui/settings/SettingsDraft.h"
#include "ui/support/LayoutKeeper.h"
#include "ui/support/Space.h"
#include "ui/support/SpokenRole.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/Labels.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

SettingsPreview::SettingsPreview(const SettingsDraft &draft, QWidget *parent) : QDialog(parent)
{
    //: Title of a dialog: what the changes of settings are.
    setWindowTitle(tr("What will change"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumSize(480, 320);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    all->addWidget(titleLabel(windowTitle(), this));
    all->addWidget(quietLabel(SettingTexts::changes(draft), this));
    auto *scroll = new QScrollArea(this);
    setSpokenRole(scroll, QAccessible::Grouping);
    new FocusRing(scroll);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    //: Name of the list of changes of settings, for screen readers.
    scroll->setAccessibleName(tr("Changes"));
    scroll->setWidget(makeLines(draft));
    new LayoutKeeper(scroll);
    all->addWidget(scroll, 1);
    addButtons(*all, draft.wrongKeys().isEmpty());
}

QWidget *SettingsPreview::makeLines(const SettingsDraft &draft)
{
    auto *content = new QWidget(this);
    auto *lines = new QVBoxLayout(content);
    lines->setContentsMargins(0, 0, Space::small, 0);
    lines->setSpacing(Space::narrow);
    for (const SettingChoice &choice : draft.choices())
        addLine(*lines, draft, choice);
    lines->addStretch();
    return content;
}

void SettingsPreview::addLine(QVBoxLayout &lines, const SettingsDraft &draft, const SettingChoice &choice)
{
    const SettingView *setting = draft.find(choice.key);
    if (!setting)
        return;
    QLabel *name = headingLabel(SettingTexts::name(choice.key), this);
    name->setWordWrap(true);
    lines.addWidget(name);
    lines.addWidget(textLabel(SettingTexts::change(*setting, draft.shown(*setting)), this));
    const QString fault = draft.faultOf(choice.key);
    const QString wrong = setting_now::isLocked(*setting) ? SettingTexts::lock(*setting)
                          : fault.isEmpty()               ? QString()
                                                          : SettingTexts::fault(*setting, fault);
    lines.addWidget(quietLabel(UiTexts::inOneLine({choice.key, wrong.isEmpty() ? SettingTexts::effect(setting->effect) : wrong}), this));
    lines.addSpacing(Space::small);
}

void SettingsPreview::addButtons(QVBoxLayout &all, bool mayApply)
{
    auto *buttons = new QDialogButtonBox(this);
    //: Button of a dialog: stores the changes that it shows, and puts them in force.
    QPushButton *apply = buttons->addButton(tr("&Apply"), QDialogButtonBox::AcceptRole);
    apply->setEnabled(mayApply);
    apply->setDefault(true);
    buttons->addButton(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(new QShortcut(QKeySequence::Save, this), &QShortcut::activated, apply, &QPushButton::click);
    all.addWidget(buttons);
}

} // namespace warder
