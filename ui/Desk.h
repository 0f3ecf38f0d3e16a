#pragma once

#include "core/base/Clock.h"
#include "core/console/Console.h"

class QSettings;

namespace warder {

/// What every page works with. All three outlive the window.
struct Desk
{
    Console &console;
    const Clock &clock;
    QSettings &memory;             ///< Geometry, columns, filters, last page.
};

} // namespace warder
