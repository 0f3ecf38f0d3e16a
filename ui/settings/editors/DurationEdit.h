#pragma once

#include "ui/settings/WrittenDuration.h"
#include "ui/settings/editors/SettingEditor.h"

class QComboBox;
class QLineEdit;

namespace warder {

/// A span of time: a number and its unit. A unit may be typed behind the number, too: "15m".
class DurationEdit final : public SettingEditor
{
    Q_OBJECT
public:
    explicit DurationEdit(QWidget *parent);

    /// What is typed where that is no span.
    QString text() const override;
    void setText(const QString &text) override;

private:
    void addUnits();
    WrittenDuration shown() const;
    void showUnit(QChar unit);
    /// A unit that was typed behind the number is the unit.
    void takeUnit();

    QLineEdit *m_number;
    QComboBox *m_unit;
    QString m_given; ///< A span that was not changed comes out as it went in.
};

} // namespace warder
