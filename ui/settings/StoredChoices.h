#pragma once

#include "core/console/orders/Server.h"
#include "ui/support/Undo.h"

#include <functional>

namespace warder {

class Page;
class SettingsDraft;

/// What was, or is about to be, stored of settings by StoreSettings, and what takes that back. A value; GUI thread.
struct StoredChoices
{
    QList<SettingChoice> choices;
    QList<SettingChoice> former; ///< Without secrets that were set before: nobody can read what they were.

    static StoredChoices of(const SettingsDraft &draft);

    /// How it is taken back, as far as somebody can read what was there before; empty: not at all. `onBack` hears of it in words.
    Undo undo(Page &page, std::function<void(const QString &said)> onBack) const;
};

} // namespace warder
