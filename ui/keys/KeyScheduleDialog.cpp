#include "ui/keys/KeyScheduleDialog.h"

#include "ui/settings/SettingsDraft.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/FormField.h"

#include <QLineEdit>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// By the keys of the settings.
using ScheduleFields = QList<std::pair<QString, FormField *>>;

QString titleOf(const QString &key)
{
    if (key == "keys.access_rotation"_L1)
        //: Field of a form: a duration such as 90d follows.
        return KeyScheduleDialog::tr("A key signs &access tokens for");
    if (key == "keys.refresh_rotation"_L1)
        //: Field of a form: a duration such as 90d follows.
        return KeyScheduleDialog::tr("A key signs &refresh tokens for");
    if (key == "keys.csrf_rotation"_L1)
        //: Field of a form: a duration such as 90d follows.
        return KeyScheduleDialog::tr("A key signs &CSRF tokens for");
    //: Field of a form: a duration such as 30d follows. Spent: nothing that the key signed is accepted any more.
    return KeyScheduleDialog::tr("A spent key is &kept for");
}

FormField *addFieldFor(FormDialog &dialog, const SettingView &setting)
{
    const bool isFixed = setting.source > SettingSource::Stored;
    //: Below a field that cannot be changed; %1 is a file with a line, a variable or an option of the command line.
    const QString fixed = KeyScheduleDialog::tr("Set by %1: change it there.").arg(UiTexts::foreign(setting.sourceName));
    FormField *field = dialog.addField(setting.key, titleOf(setting.key), isFixed ? fixed : QString());
    field->edit().setText(setting.value);
    field->edit().setReadOnly(isFixed);
    field->setEnabled(!isFixed);
    return field;
}

StoredChoices chosenIn(const ScheduleFields &fields, const QList<SettingView> &settings)
{
    SettingsDraft draft;
    draft.setSettings(settings);
    for (const auto &[key, field] : fields) {
        if (field->isEnabled())
            draft.choose(key, field->text().trimmed());
    }
    return StoredChoices::of(draft);
}

} // namespace

FormDialog *KeyScheduleDialog::make(const PageContext &context, const QList<SettingView> &settings, QWidget *parent, OnTaken onTaken)
{
    //: Title of a dialog.
    auto *dialog = new FormDialog(context, tr("Schedule of the keys"), /*: Button of a dialog. */ tr("Save"), parent);
    ScheduleFields fields;
    for (const SettingView &setting : settings) {
        if (setting.key.startsWith("keys."_L1) && (setting.key.endsWith("_rotation"_L1) || setting.key == "keys.spent_kept"_L1))
            fields.emplaceBack(setting.key, addFieldFor(*dialog, setting));
    }
    //: What may be typed into the fields above, and what follows. 90d is typed as it stands here.
    dialog->addText(tr("Days, such as 90d; 0: until somebody rotates or deletes it. A key that signs for longer than that already is "
                       "replaced within a minute or so. Nobody is signed out by it."));
    const auto sent = std::make_shared<StoredChoices>();
    dialog->setOrder(
        [fields, settings, sent] {
            *sent = chosenIn(fields, settings);
            return StoreSettings {.choices = sent->choices};
        },
        [sent, onTaken = std::move(onTaken)](const QStringList &) { onTaken(*sent); });
    return dialog;
}

} // namespace warder
