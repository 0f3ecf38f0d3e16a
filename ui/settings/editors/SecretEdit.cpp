#include "ui/settings/editors/SecretEdit.h"

#include "ui/settings/SettingTexts.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace warder {

SecretEdit::SecretEdit(QWidget *parent) : SettingEditor(parent), m_edit(new QLineEdit(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_edit);
    m_edit->setEchoMode(QLineEdit::Password);
    m_edit->setPlaceholderText(SettingTexts::secret(false));
    setMain(m_edit);
    connect(m_edit, &QLineEdit::textEdited, this, &SecretEdit::edited);
}

QString SecretEdit::text() const { return m_edit->text().isEmpty() ? m_given : m_edit->text(); }

void SecretEdit::setText(const QString &text)
{
    if (text == m_edit->text() && !text.isEmpty())
        return;
    m_given = text;
    m_edit->clear();
    m_edit->setPlaceholderText(SettingTexts::secret(!text.isEmpty()));
}

} // namespace warder
