#pragma once

#include "ui/settings/editors/SettingEditor.h"

class QCheckBox;

namespace warder {

/// On or off.
class SwitchEdit final : public SettingEditor
{
    Q_OBJECT
public:
    explicit SwitchEdit(QWidget *parent);

    QString text() const override;
    void setText(const QString &text) override;

private:
    void sayState();

    QCheckBox *m_box;
};

} // namespace warder
