#pragma once

#include <QString>

namespace warder {

/// What no value of any setting may be, in words that follow "must be"; empty: `value` is nothing of that kind. Any thread, as the next.
QString faultOfForm(const QString &value);

/// Why `value` cannot be stored for the setting `key`, as a phrase: "must be a whole number from 0 to 64". Empty: it can. This is the rule
/// of the order StoreSettings, and of whoever tells people while they type.
QString faultOfStored(QStringView key, const QString &value);

} // namespace warder
