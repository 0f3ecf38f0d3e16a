#pragma once

#include "core/config/SettingLayers.h"
#include "core/config/Settings.h"
#include "core/console/orders/Server.h"

#include <functional>

namespace warder {

/// What people chose in the window, to be in force after a restart, too: `warder.stored.conf` in the data directory, of the form of
/// warder.conf, which wins over it. A file, since settings are read before the database is opened, and also by who only looks.
SettingLayers readStoredSettings(const QString &dataDirectory);

/// SettingFixed, with the source, where one that wins over the window's choices sets `key`, which must be a setting's. Any thread.
Result<void> isUnfixed(const QString &key, const Settings &inForce);

/// Puts choices there in place of what they were, all or none; one without a value goes. Then `adopt` puts them in force: where it refuses,
/// the file becomes what it was. InvalidInput with a fault at each key that there is not or cannot have that value; SettingFixed for one
/// that `inForce` has from a source that wins; StorageFailure if the file cannot be read or written, or would be too long to be read.
/// Any thread, one at a time; the caller holds the data directory.
Result<QStringList> storeSettings(const QString &dataDirectory, const Settings &inForce, const QList<SettingChoice> &choices,
                                  const std::function<Result<QStringList>()> &adopt);

} // namespace warder
