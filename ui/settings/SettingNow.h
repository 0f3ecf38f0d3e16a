#pragma once

#include "core/console/orders/Server.h"

namespace warder {

/// What the sources say of a setting at this moment, which is what a change would change: of one that waits for a restart the new value.
/// Pure.
namespace setting_now {

/// As it would be written in warder.conf; masked for secrets.
QString value(const SettingView &setting);
SettingSource source(const SettingView &setting);
/// The file with its line, or the variable; empty for a default.
QString place(const SettingView &setting);
/// A source that wins over stored settings sets it: it can be changed there only.
bool isLocked(const SettingView &setting);
bool isDefault(const SettingView &setting);
/// What has to be stored so that it is as it is now; nothing: as if none had ever been stored.
std::optional<QString> stored(const SettingView &setting);
/// Each of these is stored as it says, and can be changed here. Of a secret only whether there is one: nobody can read it.
bool areStored(const QList<SettingChoice> &choices, const QList<SettingView> &settings);

} // namespace setting_now

} // namespace warder
