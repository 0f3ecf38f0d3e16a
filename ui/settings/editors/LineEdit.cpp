#include "ui/settings/editors/LineEdit.h"

#include "ui/settings/SettingTexts.h"
#include "ui/support/Space.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace warder {
namespace {

constexpr int lengthOfNumber = 16; // characters

} // namespace

LineEdit::LineEdit(const SettingView &setting, QWidget *parent) : SettingEditor(parent), m_edit(new QLineEdit(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    row->addWidget(m_edit);
    if (setting.type == SettingType::Integer) {
        m_edit->setFixedWidth(m_edit->fontMetrics().averageCharWidth() * lengthOfNumber);
        if (const QString unit = SettingTexts::unit(setting.key); !unit.isEmpty())
            row->addWidget(new QLabel(unit, this));
        row->addStretch();
    }
    setMain(m_edit);
    connect(m_edit, &QLineEdit::textEdited, this, &LineEdit::edited);
}

QString LineEdit::text() const { return m_edit->text().trimmed(); }

void LineEdit::setText(const QString &text)
{
    m_edit->setText(text);
    m_edit->setCursorPosition(0);
}

} // namespace warder
