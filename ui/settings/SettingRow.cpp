#include "ui/settings/SettingRow.h"

#include "ui/settings/SettingNow.h"
#include "ui/settings/SettingTexts.h"
#include "ui/settings/SettingsDraft.h"
#include "ui/settings/editors/SettingEditor.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Space.h"
#include "ui/support/Type.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateDot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QHBoxLayout *rowIn(QWidget *widget, int spacing)
{
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing);
    return row;
}

QLabel *keyLabel(const QString &key, QWidget *parent)
{
    QLabel *label = quietLabel(key, parent);
    label->setFont(fixedWidth(parent->font()));
    label->setWordWrap(false);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

SettingRow::SettingRow(const SettingView &setting, QWidget *parent)
    : QWidget(parent), m_key(setting.key), m_searchKey(searchKey(SettingTexts::searchText(setting)).toUtf8())
{
    build(setting);
    followPalette(this, [this] { applyTone(); });
}

void SettingRow::build(const SettingView &setting)
{
    const QString name = SettingTexts::name(m_key);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, Space::small, 0, Space::medium);
    all->setSpacing(Space::narrow);
    all->addWidget(makeHead(name));
    all->addWidget(keyLabel(m_key, this));
    all->addWidget(quietLabel(SettingTexts::sentence(setting), this));
    makeEditor(setting, name);
    all->addWidget(m_editor);
    all->addWidget(makeNote());
    all->addWidget(makeFoot(name));
}

QWidget *SettingRow::makeHead(const QString &name)
{
    auto *head = new QWidget(this);
    QHBoxLayout *row = rowIn(head, 8);
    QLabel *title = headingLabel(name, head);
    title->setWordWrap(true);
    row->addWidget(title, 1);
    m_changed = new QWidget(head);
    QHBoxLayout *mark = rowIn(m_changed, 4);
    auto *dot = new StateDot(m_changed);
    dot->setTone(Tone::Info);
    mark->addWidget(dot);
    //: Beside the name of a setting that somebody changed and did not apply yet.
    mark->addWidget(new QLabel(tr("Changed"), m_changed));
    row->addWidget(m_changed, 0, Qt::AlignTop);
    return head;
}

void SettingRow::makeEditor(const SettingView &setting, const QString &name)
{
    m_editor = SettingEditor::make(setting, this);
    m_editor->setName(name);
    m_editor->focusProxy()->setObjectName(m_key);
    connect(m_editor, &SettingEditor::edited, this, [this] { Q_EMIT edited(m_key, m_editor->text()); });
}

QWidget *SettingRow::makeFoot(const QString &name)
{
    auto *foot = new QWidget(this);
    QHBoxLayout *row = rowIn(foot, 8);
    m_facts = quietLabel({}, foot);
    row->addWidget(m_facts, 1);
    //: Button below a setting: it becomes again what it is while nobody sets it.
    m_default = makeButton(tr("Default"), /*: Name of a button, for screen readers; %1 is a setting. */ tr("Default of %1").arg(name),
                           &SettingRow::defaultWanted);
    //: Button below a setting that was changed: forgets the change, which is not applied yet.
    m_takeBack = makeButton(tr("Take back"), /*: Name of a button, for screen readers; %1 is a setting. */ tr("Take back: %1").arg(name),
                            &SettingRow::takeBackWanted);
    row->addWidget(m_default, 0, Qt::AlignTop);
    row->addWidget(m_takeBack, 0, Qt::AlignTop);
    return foot;
}

QPushButton *SettingRow::makeButton(const QString &text, const QString &spoken, void (SettingRow::*wanted)(const QString &))
{
    auto *button = new QPushButton(text, this);
    button->setAutoDefault(false);
    button->setAccessibleName(spoken);
    connect(button, &QPushButton::clicked, this, [this, wanted] {
        m_editor->setFocus(); // the button goes
        std::invoke(wanted, this, m_key);
    });
    return button;
}

QWidget *SettingRow::makeNote()
{
    m_noteRow = new QWidget(this);
    QHBoxLayout *row = rowIn(m_noteRow, 6);
    m_noteMark = new StateDot(m_noteRow);
    row->addWidget(m_noteMark, 0, Qt::AlignTop);
    m_note = textLabel({}, m_noteRow);
    row->addWidget(m_note, 1);
    m_noteRow->hide();
    return m_noteRow;
}

void SettingRow::present(const SettingView &setting, const SettingsDraft &draft)
{
    const bool isLocked = setting_now::isLocked(setting);
    if (const QString wanted = draft.shown(setting); m_editor->text() != wanted)
        m_editor->setText(wanted);
    m_editor->setEnabled(!isLocked);
    m_changed->setVisible(draft.isChosen(m_key));
    m_takeBack->setVisible(draft.isChosen(m_key));
    m_default->setVisible(!isLocked && !draft.showsDefault(setting));
    m_facts->setText(SettingTexts::facts(setting));
    showNote(setting, draft);
}

void SettingRow::showNote(const SettingView &setting, const SettingsDraft &draft)
{
    if (setting_now::isLocked(setting))
        setNote(draft.isChosen(m_key) ? Tone::Bad : Tone::Neutral, SettingTexts::lock(setting));
    else if (const QString fault = draft.faultOf(m_key); !fault.isEmpty())
        setNote(Tone::Bad, SettingTexts::fault(setting, fault));
    else if (draft.hasMoved(setting))
        setNote(Tone::Warning, SettingTexts::moved(setting));
    else
        setNote(Tone::Info, SettingTexts::waiting(setting));
}

void SettingRow::setNote(Tone tone, const QString &text)
{
    if (tone == m_tone && text == m_note->text())
        return; // each key that is typed comes by here, once a row
    m_tone = tone;
    m_noteMark->setTone(tone);
    m_note->setText(text);
    m_noteRow->setVisible(!text.isEmpty());
    m_editor->setRemark(text);
    applyTone();
}

void SettingRow::applyTone()
{
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, colourOf(m_tone, colours));
    m_note->setPalette(colours);
}

bool SettingRow::matches(const QList<TextMatcher> &words) const
{
    return std::ranges::all_of(words, [this](const TextMatcher &word) { return word.isInKey(m_searchKey); });
}

QWidget &SettingRow::editor() const { return *m_editor; }

void SettingRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(hairline(palette()));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace warder
