#pragma once

#include "ui/settings/WrittenDuration.h"
#include "ui/settings/editors/SettingEditor.h"

class QCheckBox;
class QLineEdit;

namespace warder {

class DurationEdit;

/// How often something may be tried: a number in a time, and how many of them at once; or no limit.
class RateEdit final : public SettingEditor
{
    Q_OBJECT
public:
    /// `usual`: what stands in the fields when a limit that was off is switched on.
    RateEdit(const QString &usual, QWidget *parent);

    QString text() const override;
    void setText(const QString &text) override;

private:
    void fill(const QString &rate);
    void followSwitch();
    WrittenRate shown() const;

    QString m_usual;
    QCheckBox *m_on;
    QLineEdit *m_amount;
    DurationEdit *m_period;
    QLineEdit *m_burst;
};

} // namespace warder
