#pragma once

#include "ui/settings/editors/SettingEditor.h"

class QLineEdit;

namespace warder {

/// A text, or a number with its unit.
class LineEdit final : public SettingEditor
{
    Q_OBJECT
public:
    LineEdit(const SettingView &setting, QWidget *parent);

    /// Without spaces around it.
    QString text() const override;
    void setText(const QString &text) override;

private:
    QLineEdit *m_edit;
};

} // namespace warder
