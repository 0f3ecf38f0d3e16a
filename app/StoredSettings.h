#pragma once

#include "core/base/Result.h"
#include "core/config/SettingLayers.h"

namespace warder {

/// What people chose in the window, to be in force after a restart, too: `warder.stored.conf` in the data directory, of the form of
/// warder.conf, which wins over it. A file, since settings are read before the database is opened, and also by who only looks.
SettingLayers readStoredSettings(const QString &dataDirectory);

/// Puts one there in place of what it was. StorageFailure if it cannot be written, and then nothing has changed. Any thread, one at a time;
/// the caller holds the data directory.
Result<void> storeSetting(const QString &dataDirectory, const QString &key, const QString &value);

} // namespace warder
