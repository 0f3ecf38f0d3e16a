#include "ui/settings/editors/SwitchEdit.h"

#include <QCheckBox>
#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

SwitchEdit::SwitchEdit(QWidget *parent) : SettingEditor(parent), m_box(new QCheckBox(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_box);
    row->addStretch();
    setMain(m_box);
    sayState();
    connect(m_box, &QCheckBox::toggled, this, &SwitchEdit::sayState);
    connect(m_box, &QCheckBox::clicked, this, &SwitchEdit::edited);
}

QString SwitchEdit::text() const { return m_box->isChecked() ? u"true"_s : u"false"_s; }

void SwitchEdit::setText(const QString &text) { m_box->setChecked(text == "true"_L1); }

void SwitchEdit::sayState()
{
    m_box->setText(m_box->isChecked() ? /*: State of a switch. */ tr("On") : /*: State of a switch. */ tr("Off"));
}

} // namespace warder
