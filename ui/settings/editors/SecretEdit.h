#pragma once

#include "ui/settings/editors/SettingEditor.h"

class QLineEdit;

namespace warder {

/// A secret: it is typed and never shown. An empty field leaves it as it is, and says whether it is set.
class SecretEdit final : public SettingEditor
{
    Q_OBJECT
public:
    explicit SecretEdit(QWidget *parent);

    /// What is typed; while nothing is, what was given.
    QString text() const override;
    /// What the server tells of a secret: a mask, or nothing where none is set. A text that was typed here before stays in the field.
    void setText(const QString &text) override;

private:
    QLineEdit *m_edit;
    QString m_given;
};

} // namespace warder
