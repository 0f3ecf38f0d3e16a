#include "ui/settings/StoredChoices.h"

#include "ui/settings/SettingNow.h"
#include "ui/settings/SettingTexts.h"
#include "ui/settings/SettingsDraft.h"
#include "ui/widgets/Page.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

StoredChoices StoredChoices::of(const SettingsDraft &draft) { return {.choices = draft.choices(), .former = draft.former()}; }

Undo StoredChoices::undo(Page &page, std::function<void(const QString &said)> onBack) const
{
    if (former.isEmpty())
        return {};
    QList<SettingChoice> left = choices;
    left.removeIf([this](const SettingChoice &each) { return !std::ranges::contains(former, each.key, &SettingChoice::key); });
    const bool keepsSecrets = left.size() < choices.size();
    return page.undoBy(
        WayBack<ListSettings, StoreSettings> {
            .what = SettingTexts::storing(choices),
            .about = u"settings"_s,
            .read = {},
            .stands = [left](const QList<SettingView> &settings) { return setting_now::areStored(left, settings); },
            .question = [back = former, keepsSecrets](const QList<SettingView> &) { return SettingTexts::beforeUndo(back, keepsSecrets); },
            .back = StoreSettings {.choices = former},
        },
        [back = former, onBack = std::move(onBack)](const QStringList &waiting) { onBack(SettingTexts::stored(back, waiting)); });
}

} // namespace warder
