#pragma once

#include "core/base/Result.h"

#include <QStringList>

/// Whether the desktop starts this program when its user logs in: an entry of the Desktop Application Autostart Specification in the user's
/// own folder. The file is the state, since desktops have switches of their own for it. Any thread; reads and writes the disk.
namespace warder::autostart {

/// $XDG_CONFIG_HOME/autostart/org.warder.Warder.desktop
QString path();

bool isOn();

/// Writes the entry, whole or not at all; `command`: the program and its arguments. StorageFailure with the path and the system's words.
Result<void> turnOn(const QStringList &command);
Result<void> turnOff();

/// A command as the key Exec has it, quoted by the Desktop Entry Specification. Pure.
QString execLine(const QStringList &command);

} // namespace warder::autostart
