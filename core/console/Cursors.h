#pragma once

#include "core/base/Clock.h"

#include <QString>

namespace warder {

/// A cursor of ListSessions and of ListActivity: behind it comes what began before `time`, which is after 1970. Pure; any thread.
QString cursorAt(TimePoint time);

} // namespace warder
