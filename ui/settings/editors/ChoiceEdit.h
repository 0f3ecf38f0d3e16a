#pragma once

#include "ui/settings/editors/SettingEditor.h"

class QComboBox;

namespace warder {

/// One of a few words.
class ChoiceEdit final : public SettingEditor
{
    Q_OBJECT
public:
    ChoiceEdit(const QStringList &choices, QWidget *parent);

    QString text() const override;
    void setText(const QString &text) override;

private:
    QComboBox *m_box;
};

} // namespace warder
