#include "ui/settings/editors/SettingEditor.h"

#include "ui/settings/editors/ChoiceEdit.h"
#include "ui/settings/editors/DurationEdit.h"
#include "ui/settings/editors/LineEdit.h"
#include "ui/settings/editors/ListEdit.h"
#include "ui/settings/editors/RateEdit.h"
#include "ui/settings/editors/SecretEdit.h"
#include "ui/settings/editors/SwitchEdit.h"
#include "ui/support/FollowPalette.h"

#include <QEvent>

namespace warder {

SettingEditor *SettingEditor::make(const SettingView &setting, QWidget *parent)
{
    if (setting.secret)
        return new SecretEdit(parent);
    if (!setting.choices.isEmpty())
        return new ChoiceEdit(setting.choices, parent);
    switch (setting.type) {
    case SettingType::Boolean:  return new SwitchEdit(parent);
    case SettingType::Duration: return new DurationEdit(parent);
    case SettingType::Rate:     return new RateEdit(setting.defaultValue, parent);
    case SettingType::List:     return new ListEdit(parent);
    case SettingType::Integer:
    case SettingType::Text:     return new LineEdit(setting, parent);
    }
    Q_UNREACHABLE_RETURN(nullptr);
}

void SettingEditor::setName(const QString &name) { focusProxy()->setAccessibleName(name); }

void SettingEditor::setRemark(const QString &remark)
{
    if (focusProxy()->accessibleDescription() != remark) // whoever listens hears of what is new only
        focusProxy()->setAccessibleDescription(remark);
}

void SettingEditor::setMain(QWidget *control)
{
    setFocusProxy(control);
    keepReadable(control);
}

void SettingEditor::leaveWheelAlone(QWidget *control) { control->installEventFilter(this); }

bool SettingEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Wheel)
        return QWidget::eventFilter(watched, event);
    event->ignore();
    return true;
}

} // namespace warder
