#include "ui/settings/editors/ChoiceEdit.h"

#include <QComboBox>
#include <QHBoxLayout>

namespace warder {

ChoiceEdit::ChoiceEdit(const QStringList &choices, QWidget *parent) : SettingEditor(parent), m_box(new QComboBox(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_box->addItems(choices);
    m_box->setMinimumContentsLength(12);
    row->addWidget(m_box);
    row->addStretch();
    setMain(m_box);
    leaveWheelAlone(m_box);
    connect(m_box, &QComboBox::activated, this, &ChoiceEdit::edited);
}

QString ChoiceEdit::text() const { return m_box->currentText(); }

void ChoiceEdit::setText(const QString &text)
{
    if (m_box->findText(text) < 0)
        m_box->addItem(text);
    m_box->setCurrentIndex(m_box->findText(text));
}

} // namespace warder
